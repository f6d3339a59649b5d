package dev.slotgate.remote.wire;

/**
 * What a client asks of an attribute.
 *
 * @param type its CKA_ number
 * @param room how many bytes the client has for the value; 0 when it asks for the length alone
 */
public record AttributeQuery(long type, long room) {}
