/**
 * From what a source delivers to records, with the refused on the side. Imports Flink's API and
 * {@code schemas}.
 */
@NullMarked
package io.tidewatch.udfs.decode;

import org.jspecify.annotations.NullMarked;
