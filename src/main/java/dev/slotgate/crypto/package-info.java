/** The use of keys. Private keys work in their tokens; hashing and public keys need no token. */
@NullMarked
package dev.slotgate.crypto;

import org.jspecify.annotations.NullMarked;
