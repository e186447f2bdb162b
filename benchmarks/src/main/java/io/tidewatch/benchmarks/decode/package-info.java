/** {@code bench decode}: JMH over decoders. Imports schemas and other parsers. */
@NullMarked
package io.tidewatch.benchmarks.decode;

import org.jspecify.annotations.NullMarked;
