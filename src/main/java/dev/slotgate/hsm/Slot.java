package dev.slotgate.hsm;

/**
 * A slot and the token in it, as they are now.
 *
 * @param automatic bound by the gateway, not by its configuration
 * @param uri the token's PKCS#11 URI (RFC 7512)
 * @param minPinLength in bytes of UTF-8, as the token counts
 * @param maxPinLength likewise
 */
public record Slot(
        SlotId id,
        boolean automatic,
        String label,
        String serial,
        String uri,
        String manufacturer,
        String model,
        String hardwareVersion,
        String firmwareVersion,
        SlotState state,
        PinState pinState,
        PinFlags userPin,
        PinFlags soPin,
        long minPinLength,
        long maxPinLength,
        SessionCounts sessions) {

    private static final PinFlags NO_FLAGS = new PinFlags(false, false, false);

    /** A slot whose token does not answer: only its identity is known. */
    public static Slot unknown(
            SlotId id, boolean automatic, TokenIdentity token, String uri, SlotState state, SessionCounts sessions) {
        return new Slot(
                id,
                automatic,
                token.label(),
                token.serial(),
                uri,
                "",
                "",
                "",
                "",
                state,
                PinState.OK,
                NO_FLAGS,
                NO_FLAGS,
                0,
                0,
                sessions);
    }

    /** The same as it is now. */
    public Slot with(SlotState now, SessionCounts counts) {
        return new Slot(
                id,
                automatic,
                label,
                serial,
                uri,
                manufacturer,
                model,
                hardwareVersion,
                firmwareVersion,
                now,
                pinState,
                userPin,
                soPin,
                minPinLength,
                maxPinLength,
                counts);
    }
}
