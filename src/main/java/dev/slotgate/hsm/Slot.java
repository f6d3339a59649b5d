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
        SessionCounts sessions) {}
