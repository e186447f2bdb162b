/**
 * What crosses a process boundary: the records, their bytes, their tables. Imports the JDK and
 * Jackson only; never Flink, Kafka or a database driver.
 */
@NullMarked
package io.tidewatch.schemas;

import org.jspecify.annotations.NullMarked;
