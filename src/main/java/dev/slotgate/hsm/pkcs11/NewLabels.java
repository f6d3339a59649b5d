package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.Quoted;
import dev.slotgate.hsm.SlotId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenException;

/** The labels that keys are about to get: the token itself would take two keys of one label. */
final class NewLabels {

    private final Set<LabelOnSlot> reserved = ConcurrentHashMap.newKeySet();

    /**
     * Gives a key a label that no other has. Runs on the session's thread, so that the label stays reserved for a caller who
     * has given up waiting.
     *
     * @param key that gets it; a half of it may have it already
     * @param label null for a key that gets none
     * @throws HsmException LABEL_IN_USE
     */
    <T> T give(Session session, SlotId slot, KeyId key, @Nullable String label, Giving<T> giving)
            throws TokenException {
        if (label == null) {
            return giving.give();
        }
        var reservation = new LabelOnSlot(slot, label);
        if (!reserved.add(reservation)) {
            throw inUse(reservation);
        }
        try {
            refuseUnlessOf(Set.of(key), session, slot, label);
            return giving.give();
        } finally {
            reserved.remove(reservation);
        }
    }

    /** @throws HsmException LABEL_IN_USE when a key that is none of these has the label */
    void refuseUnlessOf(Set<KeyId> keys, Session session, SlotId slot, String label) throws TokenException {
        if (KeyLookup.withLabel(session, label).stream().anyMatch(other -> !keys.contains(other.id()))) {
            throw inUse(new LabelOnSlot(slot, label));
        }
    }

    private static HsmException inUse(LabelOnSlot reservation) {
        return HsmException.inField(
                HsmFailure.LABEL_IN_USE,
                "label",
                "label: " + Quoted.text(reservation.label) + " is in use by another key on slot " + reservation.slot);
    }

    private record LabelOnSlot(SlotId slot, String label) {}

    /** What gives the label. */
    interface Giving<T> {

        T give() throws TokenException;
    }
}
