/**
 * The queue, the pace and the retries of one channel. Time and pauses are handed in; knows no
 * protocol.
 */
@NullMarked
package io.tidewatch.notifier.deliver;

import org.jspecify.annotations.NullMarked;
