package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.Quoted;
import dev.slotgate.hsm.SlotId;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenException;

/** Makes key pairs, one for each label, and reads back what the token made of the order. */
final class KeyGeneration {

    /** Labels of keys that are being made: the token itself would take two keys of one label. */
    private final Set<LabelOnSlot> reserved = ConcurrentHashMap.newKeySet();

    /** Runs on the session's thread, so that the label stays reserved for a caller who has given up waiting. */
    Key generate(Session session, BoundSlot slot, NewKey order, Runnable nowChanging) throws TokenException {
        String label = order.label();
        if (label == null) {
            return make(session, slot, order, nowChanging);
        }
        var reservation = new LabelOnSlot(slot.id(), label);
        if (!reserved.add(reservation)) {
            throw labelInUse(slot.id(), label);
        }
        try {
            if (KeyLookup.isInUse(session, label)) {
                throw labelInUse(slot.id(), label);
            }
            return make(session, slot, order, nowChanging);
        } finally {
            reserved.remove(reservation);
        }
    }

    private static Key make(Session session, BoundSlot slot, NewKey order, Runnable nowChanging) throws TokenException {
        // A token that logged the user out shows no label that is in use; nothing is made before that is mended.
        slot.keys().confirmPresence(session);
        nowChanging.run();
        session.generateKeyPair(KeyTemplates.generation(order.spec()), KeyTemplates.pair(order));
        Key made = readBack(session, slot, order);
        if (!isAsOrdered(made, order)) {
            destroy(session, slot, order);
            throw new HsmException(
                    HsmFailure.REFUSED_BY_TOKEN, "The token made another key than was asked for; it was destroyed.");
        }
        return made;
    }

    /** It was made, so whatever keeps it from being read is no refusal of the order. */
    private static Key readBack(Session session, BoundSlot slot, NewKey order) throws TokenException {
        try {
            return slot.keys().get(session, order.id());
        } catch (PKCS11Exception e) {
            throw ReturnCodes.translate(e).as(HsmFailure.OUTCOME_UNKNOWN);
        }
    }

    private static void destroy(Session session, BoundSlot slot, NewKey order) throws TokenException {
        try {
            KeyLookup.destroy(session, order.id());
        } catch (PKCS11Exception e) {
            throw ReturnCodes.translate(e).as(HsmFailure.OUTCOME_UNKNOWN);
        }
        slot.keys().cache().forget(order.id());
    }

    /** Reads back what the token made of the template: some tokens ignore parts of it. */
    private static boolean isAsOrdered(Key made, NewKey order) {
        return made.attributes().sensitive()
                && made.attributes().extractable() == order.extractable()
                && made.attributes().local()
                && made.usage().equals(Set.of(order.usage()))
                && made.publicKey() != null
                && switch (order.spec()) {
                    case KeySpec.Rsa rsa -> Objects.equals(made.size(), rsa.bits());
                    case KeySpec.Ec ec -> made.curve() == ec.curve();
                };
    }

    private static HsmException labelInUse(SlotId slot, String label) {
        return HsmException.inField(
                HsmFailure.LABEL_IN_USE,
                "label",
                "label: " + Quoted.text(label) + " is in use by another key on slot " + slot);
    }

    private record LabelOnSlot(SlotId slot, String label) {}
}
