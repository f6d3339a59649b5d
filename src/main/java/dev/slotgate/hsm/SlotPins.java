package dev.slotgate.hsm;

import java.util.Optional;

/** The user PINs that are stored for the slots. */
@FunctionalInterface
public interface SlotPins {

    /** The slot's user PIN, or nothing when none is known. The caller wipes it. */
    Optional<Pin> userPin(SlotId slot, TokenIdentity token);
}
