package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyId;
import java.util.Set;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenException;

/**
 * Changes CKA_LABEL, the one attribute of a key that the gateway changes. Nobody else may call the token meanwhile: who looks
 * the label up would find it on two keys or on none, and SoftHSM, asked for an object that is being written, may take half of
 * it for the whole from then on.
 */
final class KeyLabels {

    private final NewLabels labels;

    KeyLabels(NewLabels labels) {
        this.labels = labels;
    }

    /** @throws HsmException LABEL_IN_USE */
    Key relabel(Session session, BoundSlot slot, KeyId key, String label, Runnable nowChanging) throws TokenException {
        return labels.give(session, slot.id(), key, label, () -> {
            slot.keys().fresh(session, key);
            nowChanging.run();
            set(session, slot, key, label);
            return slot.keys().get(session, key);
        });
    }

    /**
     * Done once more it changes nothing.
     *
     * @throws HsmException LABEL_IN_USE for the label that is left behind, or when a third key has got the other one
     */
    Key handOn(Session session, BoundSlot slot, KeyId key, String left, KeyId heir, String label, Runnable nowChanging)
            throws TokenException {
        labels.refuseUnlessOf(Set.of(key, heir), session, slot.id(), label);
        return labels.give(session, slot.id(), key, left, () -> {
            slot.keys().fresh(session, heir);
            nowChanging.run();
            set(session, slot, key, left);
            set(session, slot, heir, label);
            return slot.keys().get(session, heir);
        });
    }

    private static void set(Session session, BoundSlot slot, KeyId key, String label) throws TokenException {
        try {
            for (KeyObject object : KeyLookup.withId(session, key)) {
                session.setAttributeValues(object.handle(), new AttributeVector().label(label));
            }
        } finally {
            slot.keys().cache().forgetLabels();
        }
    }
}
