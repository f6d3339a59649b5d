package dev.slotgate.hsm.worker;

import java.util.Arrays;

/** A frame that came in; whoever decodes or drops it wipes it. */
@SuppressWarnings("ArrayRecordComponent")
record Arrived(Frame.Kind kind, int call, byte[] content) {

    void wipe() {
        Arrays.fill(content, (byte) 0);
    }
}
