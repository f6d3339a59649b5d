package dev.slotgate.key;

/** The body of a call that has nothing to say: an empty object, or none. */
record EmptyRequest() {}
