/**
 * A server that stands in for TDengine: it speaks the WebSocket protocol of taosAdapter well enough
 * for the unmodified JDBC driver, and understands a small part of its SQL. Its answers are held
 * against frames captured of a real server. Imports Netty and Jackson; knows no driver.
 */
@NullMarked
package io.tidewatch.testkit.tdengine;

import org.jspecify.annotations.NullMarked;
