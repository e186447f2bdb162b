package io.tidewatch.benchmarks.detection;

import io.tidewatch.benchmarks.detection.input.LabelledRows;
import java.util.List;

/**
 * What came of a set of rows.
 *
 * @param areas mean area under the ROC curve of each engine, in the order of {@link
 *     AdbenchRun#engines}, 0 to 1
 */
record AdbenchResult(LabelledRows set, List<Double> areas) {}
