package io.tidewatch.schemas.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.tidewatch.schemas.reject.RejectReason;
import io.tidewatch.schemas.rule.RuleState;
import io.tidewatch.schemas.rule.RuleStatus;
import io.tidewatch.schemas.rule.RuleUpdate;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a job makes of a rule as JSON, {@code json/rule-status.v1.schema.json}. The fields may stand
 * in any order, each at most once; unknown ones are skipped. Null and absent are the same in {@code
 * version}, {@code reason} and {@code definition}; the others are required.
 */
public final class RuleStatusCodec
    implements MessageDecoder<RuleStatus>, MessageEncoder<RuleStatus> {
  private static final long serialVersionUID = 1;

  private static final TextRule NAME = TextRule.name(256);
  private static final int MAX_REASON_CHARS = 4_096;
  private static final TextRule PROSE = TextRule.prose(MAX_REASON_CHARS);

  /** As it was told, however it is indented. */
  private static final TextRule DOCUMENT = TextRule.prose(RuleUpdate.MAX_DOCUMENT_CHARS);

  @Override
  public Decoded<RuleStatus> decode(byte @Nullable [] bytes) {
    return JsonMessage.decode(
        bytes, AdmittedBytes.DEFAULT_MAX, (parser, admitted) -> new Reader(parser).read());
  }

  @Override
  public byte[] encode(RuleStatus status) {
    return JsonMessage.encode(json -> write(json, status));
  }

  /** The key of the message: one a job and rule. */
  public static String key(RuleStatus status) {
    return status.job() + "/" + status.rule();
  }

  /** Whether a status can be told of a rule of that name. */
  public static boolean isName(String rule) {
    return NAME.violation(rule) == null;
  }

  /** Why a rule is not used, as a status can tell it: one line, cut off where it is too long. */
  public static String reason(String why) {
    return DetailLine.line(why, MAX_REASON_CHARS);
  }

  /** The state as it stands in messages and in the database. */
  public static String code(RuleState state) {
    return JsonMessage.code(state);
  }

  private static void write(JsonGenerator json, RuleStatus status) throws IOException {
    json.writeStringField("job", status.job());
    json.writeStringField("rule", status.rule());
    json.writeStringField("state", code(status.state()));
    json.writeStringField("version", status.version());
    json.writeStringField("reason", status.reason());
    json.writeNumberField("matched_series", status.matchedSeries());
    json.writeStringField("definition", status.definition());
  }

  /** One status while it is being read. */
  private static final class Reader {
    private final JsonParser parser;
    private int seen;
    private @Nullable String job;
    private @Nullable String rule;
    private @Nullable RuleState state;
    private @Nullable String version;
    private @Nullable String reason;
    private @Nullable Long matchedSeries;
    private @Nullable String definition;

    Reader(JsonParser parser) {
      this.parser = parser;
    }

    RuleStatus read() throws IOException, Refusal {
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        readField(name);
      }
      return new RuleStatus(
          JsonValues.present(job, "job"),
          JsonValues.present(rule, "rule"),
          JsonValues.present(state, "state"),
          version,
          reason,
          JsonValues.present(matchedSeries, "matched_series"),
          definition);
    }

    private void readField(String name) throws IOException, Refusal {
      switch (name) {
        case "job" -> job = JsonValues.text(once(1), NAME);
        case "rule" -> rule = JsonValues.text(once(1 << 1), NAME);
        case "state" -> state = state(once(1 << 2));
        case "version" -> version = JsonValues.optionalText(once(1 << 3), NAME);
        case "reason" -> reason = JsonValues.optionalText(once(1 << 4), PROSE);
        case "matched_series" ->
            matchedSeries = JsonValues.integer(once(1 << 5), 0, Long.MAX_VALUE);
        case "definition" -> definition = JsonValues.optionalText(once(1 << 6), DOCUMENT);
        default -> parser.skipChildren();
      }
    }

    private JsonParser once(int field) throws Refusal {
      seen = JsonValues.once(parser, seen, field);
      return parser;
    }

    private static RuleState state(JsonParser parser) throws IOException, Refusal {
      String found = JsonValues.text(parser, NAME);
      for (RuleState candidate : RuleState.values()) {
        if (code(candidate).equals(found)) {
          return candidate;
        }
      }
      throw new Refusal(
          RejectReason.INVALID_TEXT,
          "state: must be accepted, refused, never_matched or removed, was "
              + DetailLine.quoted(found));
    }
  }
}
