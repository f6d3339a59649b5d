package dev.slotgate.key;

/** The answer to a wrap. */
@SuppressWarnings("ArrayRecordComponent") // written once as JSON, never compared
record WrappedResponse(byte[] wrapped) {}
