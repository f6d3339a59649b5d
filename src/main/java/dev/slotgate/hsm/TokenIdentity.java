package dev.slotgate.hsm;

/** Which token is meant: the name of its module in the configuration, its serial number and its label. */
public record TokenIdentity(String module, String serial, String label) {}
