/**
 * Isolation forests: which rows of features are unlike the rest, and by which features. Trees are
 * grown by an engine, here or from elsewhere, and scored in one flat form, whoever grew them.
 * Imports the JDK and {@code analytics.window.Varint}.
 *
 * <p>Sources: F. T. Liu, K. M. Ting, Z.-H. Zhou, "Isolation Forest", ICDM 2008, and
 * "Isolation-Based Anomaly Detection", ACM TKDD 6(1), 2012; S. Hariri, M. Carrasco Kind, R. J.
 * Brunner, "Extended Isolation Forest", IEEE TKDE 33(4), 2021. Classes name the equations.
 */
@NullMarked
package io.tidewatch.analytics.forest;

import org.jspecify.annotations.NullMarked;
