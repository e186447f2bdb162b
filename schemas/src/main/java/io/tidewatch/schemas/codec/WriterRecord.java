package io.tidewatch.schemas.codec;

import io.tidewatch.schemas.reject.RejectReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * A writer's schema resolved against ours, by the rules of the Avro specification: fields are found
 * by name; those we do not have are skipped, those the writer does not have are as by default.
 *
 * @param fields in the order in which their values stand in a message
 */
record WriterRecord(Field[] fields) {
  /** Far above any schema of people; a longer one is not parsed. */
  static final int MAX_SCHEMA_CHARS = 1 << 18;

  static final int SKIPPED = -1;

  /**
   * A field of the writer.
   *
   * @param index of the field of ours, {@value WriterRecord#SKIPPED} when there is none
   */
  record Field(int index, WriterType type) {}

  /**
   * @param wanted the fields of our schema
   * @throws Refusal when no message of that schema could be read
   */
  static WriterRecord of(String text, List<ReaderField> wanted) throws Refusal {
    Schema schema = parsed(text);
    if (schema.getType() != Schema.Type.RECORD) {
      throw incompatible("must be a record, was " + schema.getType().getName());
    }
    for (ReaderField field : wanted) {
      if (field.required() && schema.getField(field.name()) == null) {
        throw incompatible("must have the field " + field.name() + ", had none");
      }
    }
    List<Field> fields = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      WriterType type = WriterType.of(field.schema());
      int index = SKIPPED;
      for (int i = 0; i < wanted.size(); i++) {
        if (wanted.get(i).name().equals(field.name())) {
          index = i;
          requireReadable(wanted.get(i), type);
        }
      }
      fields.add(new Field(index, type));
    }
    return new WriterRecord(fields.toArray(Field[]::new));
  }

  private static Schema parsed(String text) throws Refusal {
    if (text.length() > MAX_SCHEMA_CHARS) {
      throw incompatible("must be ≤ %d chars, was %d".formatted(MAX_SCHEMA_CHARS, text.length()));
    }
    try {
      // Names and defaults of the writer have no part in reading; registries hold odd ones.
      return new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false).parse(text);
    } catch (AvroRuntimeException e) {
      throw incompatible("must be an Avro schema, was none: " + firstLine(e));
    } catch (RuntimeException e) {
      // A fault of the parser, such as of a text without any letter; not of the job that met it.
      throw incompatible("must be an Avro schema, was none that can be parsed");
    }
  }

  private static String firstLine(AvroRuntimeException e) {
    if (e.getCause() instanceof IOException) {
      return "not JSON";
    }
    String message = e.getMessage();
    return message == null ? "" : message.lines().findFirst().orElse("");
  }

  private static void requireReadable(ReaderField field, WriterType type) throws Refusal {
    if (!field.shape().isReadFrom(type)) {
      throw incompatible(
          "%s must be read as %s, was %s"
              .formatted(field.name(), field.shape().text(), type.kind().text()));
    }
    String other = field.otherMeaning(type);
    if (other != null) {
      throw incompatible(
          "%s must %s, was %s"
              .formatted(
                  field.name(),
                  field.logicalType() == null
                      ? "have no logical type"
                      : "be " + field.logicalType(),
                  DetailLine.quoted(other)));
    }
  }

  private static Refusal incompatible(String detail) {
    return new Refusal(RejectReason.INCOMPATIBLE_SCHEMA, "schema of the message: " + detail);
  }
}
