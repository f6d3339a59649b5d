package dev.slotgate.trace;

import org.jspecify.annotations.Nullable;

/**
 * All that a span tells of a call: no path, no key, no caller.
 *
 * @param method of HTTP
 * @param action what was asked for, for example {@code keys.generate}; absent when nothing answers to the call
 * @param slot the gateway's slot id
 * @param status of HTTP
 * @param problem the code of the problem that it was answered with
 */
public record TracedCall(
        String requestId,
        String method,
        @Nullable String action,
        @Nullable Integer slot,
        int status,
        @Nullable String problem) {}
