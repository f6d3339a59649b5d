package dev.slotgate.trace;

/** The span of a call. */
@FunctionalInterface
public interface CallSpan {

    /** Ends it, on the thread that began it. */
    void end(TracedCall call);
}
