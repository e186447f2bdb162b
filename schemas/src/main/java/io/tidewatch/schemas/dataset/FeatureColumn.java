package io.tidewatch.schemas.dataset;

/**
 * One feature of a data set.
 *
 * @param name {@code <field>_<feature>}, the name of its column
 * @param all of the rows of both parts
 * @param train of those of train
 * @param validation of those of validation
 */
public record FeatureColumn(
    String name, ColumnSummary all, ColumnSummary train, ColumnSummary validation) {

  /** Its statistics in one part. */
  public ColumnSummary of(Part part) {
    return part == Part.TRAIN ? train : validation;
  }
}
