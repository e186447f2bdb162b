package io.tidewatch.benchmarks.detection;

import io.tidewatch.benchmarks.detection.RankedRows.Alarms;

/**
 * What came of the rows of a server.
 *
 * @param area under the ROC curve, 0 to 1
 * @param best with the threshold that has the best F1 on its labels
 * @param fixed with the method's own threshold
 */
record AsdResult(String server, String method, double area, Alarms best, Alarms fixed) {}
