/** The stage that holds rules against windows, shared by the jobs that alert. */
@NullMarked
package io.tidewatch.jobs.alerting;

import org.jspecify.annotations.NullMarked;
