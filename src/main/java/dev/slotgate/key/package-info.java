/** The keys of the slots: what is on the tokens, and what the gateway knows of them beyond that. */
@NullMarked
package dev.slotgate.key;

import org.jspecify.annotations.NullMarked;
