package io.tidewatch.analytics.window;

import java.util.function.ToLongFunction;

/**
 * Something that is counted over all results of a job.
 *
 * @param name name of the metric, ends in {@code _total}
 * @param of how many of it one result tells of, 0 or more
 * @param <R> result of a window
 */
public record ResultCounter<R>(String name, ToLongFunction<R> of) {}
