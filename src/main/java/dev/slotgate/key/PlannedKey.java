package dev.slotgate.key;

import dev.slotgate.hsm.KeyId;

/**
 * A change of a key that is written down as pending.
 *
 * @param change the id of the pending change
 * @param serial the token's serial number
 * @param id of the key that comes to be, or ceases to
 */
record PlannedKey(String change, KeyPlan plan, String serial, KeyId id) {}
