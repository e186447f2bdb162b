package io.tidewatch.analytics.alert;

/** One sample of a series of a test. */
record Sample(long timeMs, double value) {}
