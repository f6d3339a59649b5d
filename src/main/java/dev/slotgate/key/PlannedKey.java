package dev.slotgate.key;

import dev.slotgate.hsm.KeyId;

/**
 * A key that may come to be: its metadata is there and its generation is written down as a pending change.
 *
 * @param change the id of the pending change
 * @param serial the token's serial number
 */
record PlannedKey(String change, String serial, KeyId id) {}
