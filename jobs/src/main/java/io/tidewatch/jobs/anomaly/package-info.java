/** The anomaly job: rows of features to scores, by models that are trained while they pass. */
@NullMarked
package io.tidewatch.jobs.anomaly;

import org.jspecify.annotations.NullMarked;
