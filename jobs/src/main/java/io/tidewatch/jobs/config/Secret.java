package io.tidewatch.jobs.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.util.regex.Pattern;

/** A value that is never printed. */
public final class Secret implements Serializable {
  private static final long serialVersionUID = 1;

  private static final Pattern NAMES =
      Pattern.compile(
          "(password|passphrase|secret|token|api_key|authorization|webhook_url|jaas\\.config|keystore\\.key)$",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*(:-)?|file:[^}]+)}");

  private final String value;

  @JsonCreator
  public Secret(String value) {
    this.value = value;
  }

  /** The value itself; hand it to the one who needs it and to nobody else. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "***";
  }

  /** Whether a key of that name, ours or Kafka's, holds a secret. */
  static boolean isNameOfSecret(String key) {
    return NAMES.matcher(key).find();
  }

  /** Whether nothing can be read here: a variable without a default, a file, or no value. */
  static boolean isReference(JsonNode value) {
    return value.isNull()
        || (value.isTextual()
            && (value.asText().isEmpty() || REFERENCE.matcher(value.asText()).matches()));
  }
}
