package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.Quoted;
import dev.slotgate.hsm.SlotId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenException;

/** The keys of the bound slots. */
final class Pkcs11Keys implements Keys {

    private final BoundSlots slots;
    /** Labels of keys that are being made: the token itself would take two keys of one label. */
    private final Set<LabelOnSlot> reserved = ConcurrentHashMap.newKeySet();

    Pkcs11Keys(BoundSlots slots) {
        this.slots = slots;
    }

    @Override
    public Key generate(SlotId slot, NewKey order) {
        BoundSlot bound = slots.bound(slot);
        return bound.withSessionForGeneration(session -> {
            String label = order.label();
            return label == null ? generate(session, bound, order) : generateUnder(label, session, bound, order);
        });
    }

    /** Runs on the session's thread, so that the label stays reserved for a caller who has given up waiting. */
    private Key generateUnder(String label, Session session, BoundSlot bound, NewKey order) throws TokenException {
        var reservation = new LabelOnSlot(bound.id(), label);
        if (!reserved.add(reservation)) {
            throw labelInUse(bound.id(), label);
        }
        try {
            if (KeyLookup.isInUse(session, label)) {
                throw labelInUse(bound.id(), label);
            }
            return generate(session, bound, order);
        } finally {
            reserved.remove(reservation);
        }
    }

    @Override
    public List<Key> list(SlotId slot) {
        BoundSlot bound = slots.bound(slot);
        return bound.withSession(session -> assembly(bound).keys(KeyLookup.all(session)));
    }

    @Override
    public Key get(SlotId slot, KeyId key) {
        BoundSlot bound = slots.bound(slot);
        return onlyOne(bound.withSession(session -> withId(session, bound, key)), slot, key.hex());
    }

    @Override
    public Key find(SlotId slot, String idOrLabel) {
        BoundSlot bound = slots.bound(slot);
        List<Key> fitting = bound.withSession(session -> {
            if (KeyId.looksLikeOne(idOrLabel)) {
                List<Key> withId = withId(session, bound, new KeyId(idOrLabel));
                if (!withId.isEmpty()) {
                    return withId;
                }
            }
            return withLabel(session, bound, idOrLabel);
        });
        return onlyOne(fitting, slot, idOrLabel);
    }

    @Override
    public boolean settle(SlotId slot, KeyId key) {
        BoundSlot bound = slots.bound(slot);
        return bound.withSession(session -> {
            List<Key> made = withId(session, bound, key);
            boolean whole = made.size() == 1
                    && made.getFirst().keyClass() != KeyClass.PUBLIC
                    && (made.getFirst().keyClass() == KeyClass.SECRET
                            || made.getFirst().publicKey() != null);
            if (!whole) {
                KeyLookup.destroy(session, key);
            }
            return whole;
        });
    }

    private static Key generate(Session session, BoundSlot bound, NewKey order) throws TokenException {
        session.generateKeyPair(KeyTemplates.generation(order.spec()), KeyTemplates.pair(order));
        Key made = onlyOne(
                withId(session, bound, order.id()), bound.id(), order.id().hex());
        if (!isAsOrdered(made, order)) {
            KeyLookup.destroy(session, order.id());
            throw new HsmException(
                    HsmFailure.REFUSED_BY_TOKEN, "The token made another key than was asked for; it was destroyed.");
        }
        return made;
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

    private static List<Key> withId(Session session, BoundSlot bound, KeyId key) throws TokenException {
        return assembly(bound).keys(KeyLookup.withId(session, key));
    }

    /** A key's label is that of its private or secret object: anybody may write a public one under its id. */
    private static List<Key> withLabel(Session session, BoundSlot bound, String label) throws TokenException {
        var keys = new ArrayList<Key>();
        for (KeyId id : KeyLookup.withLabel(session, label).stream()
                .map(KeyObject::id)
                .distinct()
                .toList()) {
            keys.addAll(withId(session, bound, id));
        }
        keys.removeIf(key -> !label.equals(key.label()));
        return keys;
    }

    private static Key onlyOne(List<Key> fitting, SlotId slot, String idOrLabel) {
        if (fitting.isEmpty()) {
            throw HsmException.keyNotFound(slot, idOrLabel);
        }
        if (fitting.size() > 1) {
            throw HsmException.ambiguousKey(
                    slot, idOrLabel, fitting.stream().map(Key::id).distinct().toList());
        }
        return fitting.getFirst();
    }

    private static KeyAssembly assembly(BoundSlot bound) {
        return new KeyAssembly(bound.id(), bound.identity());
    }

    private static HsmException labelInUse(SlotId slot, String label) {
        return HsmException.inField(
                HsmFailure.LABEL_IN_USE,
                "label",
                "label: " + Quoted.text(label) + " is in use by another key on slot " + slot);
    }

    private record LabelOnSlot(SlotId slot, String label) {}
}
