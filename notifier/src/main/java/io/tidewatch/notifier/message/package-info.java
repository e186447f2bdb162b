/**
 * What people read: one notification in the forms of mail, chat, webhook, SMS and Alertmanager,
 * with everything from outside escaped. Pure.
 */
@NullMarked
package io.tidewatch.notifier.message;

import org.jspecify.annotations.NullMarked;
