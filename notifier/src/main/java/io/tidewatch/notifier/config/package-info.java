/**
 * What a notifier is told by its file: records that check themselves. Knows no YAML; whoever reads
 * the file fills them. Imports Jackson's annotations.
 */
@NullMarked
package io.tidewatch.notifier.config;

import org.jspecify.annotations.NullMarked;
