package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Key;

/**
 * A key as it was found on the token.
 *
 * @param handle of the private or secret object, or of a public one that is alone; it dies at the next login
 */
record FoundKey(Key key, long handle) {}
