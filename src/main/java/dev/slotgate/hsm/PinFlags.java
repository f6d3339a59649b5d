package dev.slotgate.hsm;

/** A token's own count of wrong tries of a PIN (CKF_…_PIN_COUNT_LOW, …_FINAL_TRY, …_LOCKED). */
public record PinFlags(boolean countLow, boolean finalTry, boolean locked) {

    /** Whether no try may be risked, since a wrong one would lock the PIN or it is locked. */
    public boolean noneToSpare() {
        return finalTry || locked;
    }
}
