package io.tidewatch.cli.input;

import io.tidewatch.schemas.model.TelemetryModels;

/** Lines of one format to records, still with the times of the file. */
interface ReplayFormat {

  /**
   * @param line not blank
   * @throws ReplayException when the line does not hold a record
   */
  ReplayRecord read(ReplayLine line);

  /** Whether the first line is a header, not a record. */
  boolean hasHeader();

  /**
   * The format that the first line shows: a JSON object, the header {@code timestamp,value}, or a
   * header with the fields of a model.
   */
  static ReplayFormat of(ReplayLine first, ReplayOptions options, TelemetryModels models) {
    if (first.text().startsWith("{")) {
      return new NdjsonReplay(options, models);
    }
    CsvHeader header = CsvHeader.of(first);
    return header.isTimestampAndValue()
        ? SeriesReplay.of(header, first.file(), options, models)
        : WideReplay.of(header, first, options, models);
  }
}
