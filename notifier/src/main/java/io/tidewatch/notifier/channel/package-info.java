/** The channels themselves: mail, HTTP, Alertmanager. */
@NullMarked
package io.tidewatch.notifier.channel;

import org.jspecify.annotations.NullMarked;
