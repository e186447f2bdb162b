/** {@code tidewatch notifier}: reads the file of the notifier and runs it. */
@NullMarked
package io.tidewatch.cli.notifier;

import org.jspecify.annotations.NullMarked;
