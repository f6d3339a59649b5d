/**
 * The trial set-up: what {@code ./slotgate run} gives without a configuration. Ten software tokens with a user PIN that
 * everybody knows, an issuer of access tokens in the same process, all secrets in one folder.
 */
@NullMarked
package dev.slotgate.trial;

import org.jspecify.annotations.NullMarked;
