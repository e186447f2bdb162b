/**
 * Files of labelled data, as NAB, ASD and ADBench lay them out, plain or gzipped. What is malformed
 * is refused in one line that names file, line, value and what was expected. Imports {@code
 * detection.nab}.
 */
@NullMarked
package io.tidewatch.benchmarks.detection.input;

import org.jspecify.annotations.NullMarked;
