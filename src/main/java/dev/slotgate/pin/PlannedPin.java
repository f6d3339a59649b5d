package dev.slotgate.pin;

import dev.slotgate.hsm.TokenIdentity;

/**
 * A change of PINs that is under way: what it is to bring is in the store, and it is written down as pending.
 *
 * @param change the id of the pending change
 */
record PlannedPin(TokenIdentity token, String change) {}
