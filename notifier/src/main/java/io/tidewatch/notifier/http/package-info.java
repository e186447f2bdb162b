/**
 * Requests to targets that are allowed, at addresses that were checked. Imports Apache HttpClient.
 */
@NullMarked
package io.tidewatch.notifier.http;

import org.jspecify.annotations.NullMarked;
