package dev.slotgate.hsm;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A token that is the gateway's own: it has no slot id that a caller could name, and nobody sees what is on it.
 *
 * @param module the name of its module
 * @param serial the token's serial number; this or the label
 * @param label the token's label; this or the serial number
 * @param userPinFile a file that holds the user PIN
 */
public record ReservedToken(
        String module,
        @Nullable String serial,
        @Nullable String label,
        @Nullable Path userPinFile) {

    /** What the gateway calls it by; no text and no number that a caller sends reads as it. */
    public static final SlotId SLOT = SlotId.RESERVED;
}
