/**
 * Who calls and what they may do: access tokens are checked here, and a caller's scopes say what, the slots of the token
 * say where. Nothing is open that is not declared open. Knows nothing of the rest of the gateway.
 */
@NullMarked
package dev.slotgate.security;

import org.jspecify.annotations.NullMarked;
