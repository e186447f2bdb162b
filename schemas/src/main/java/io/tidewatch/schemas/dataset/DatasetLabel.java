package io.tidewatch.schemas.dataset;

/**
 * Where the label of a row comes from.
 *
 * @param source the field or column of the records that has it
 * @param ofWindow how one label is made of those of the records of a window, as it was configured:
 *     {@code any}, {@code last} or {@code majority}
 */
public record DatasetLabel(String source, String ofWindow) {}
