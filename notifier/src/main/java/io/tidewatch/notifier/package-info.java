/**
 * The process that reads alert events and tells people. Knows no Flink; may use schemas only, and
 * all packages below.
 */
@NullMarked
package io.tidewatch.notifier;

import org.jspecify.annotations.NullMarked;
