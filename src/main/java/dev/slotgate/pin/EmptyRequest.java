package dev.slotgate.pin;

/** The body of a call that has nothing to say: an empty object, or none. */
record EmptyRequest() {}
