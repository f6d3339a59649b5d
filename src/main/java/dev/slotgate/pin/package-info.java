/** The PINs of the tokens, and what the gateway remembers of them. */
@NullMarked
package dev.slotgate.pin;

import org.jspecify.annotations.NullMarked;
