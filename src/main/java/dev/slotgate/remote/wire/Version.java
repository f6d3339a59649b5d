package dev.slotgate.remote.wire;

/** CK_VERSION. */
public record Version(int major, int minor) {}
