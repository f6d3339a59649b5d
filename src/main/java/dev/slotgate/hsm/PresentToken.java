package dev.slotgate.hsm;

/** A token that is in a slot of its module. */
public record PresentToken(TokenIdentity identity, boolean initialised, boolean hasUserPin) {

    /** Whether it may be made ready under the label: it is blank, or that was begun and cut short. */
    public boolean isFreeFor(String label) {
        return !initialised || isHalfDone(label);
    }

    /** Whether it was initialised under the label, and then nobody set its user PIN. */
    public boolean isHalfDone(String label) {
        return initialised && !hasUserPin && label.equals(identity.label());
    }
}
