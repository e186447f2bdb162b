/** Which receivers hear of an alert: a tree of matchers, in the manner of Alertmanager. Pure. */
@NullMarked
package io.tidewatch.notifier.route;

import org.jspecify.annotations.NullMarked;
