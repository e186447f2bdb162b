/**
 * Bytes to records and back. A decoder never throws: it returns {@link
 * io.tidewatch.schemas.codec.Decoded}. Imports the JDK, Jackson, Avro, and the other packages of
 * this room.
 */
@NullMarked
package io.tidewatch.schemas.codec;

import org.jspecify.annotations.NullMarked;
