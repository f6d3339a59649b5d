/** The slots of the gateway and the tokens in them. */
@NullMarked
package dev.slotgate.slot;

import org.jspecify.annotations.NullMarked;
