package dev.slotgate.crypto;

/** A message authentication code at full length. */
@SuppressWarnings("ArrayRecordComponent") // written once as JSON, never compared
record MacResponse(String key, String algorithm, byte[] mac) implements RecordedUse.OfKey {}
