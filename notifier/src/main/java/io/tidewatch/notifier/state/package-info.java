/**
 * What must survive the process: Kafka topics with alerts, groups and deliveries. Imports Kafka's
 * clients.
 */
@NullMarked
package io.tidewatch.notifier.state;

import org.jspecify.annotations.NullMarked;
