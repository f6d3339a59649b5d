package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.ImportedKey;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyMaterial;
import dev.slotgate.hsm.KeyOrder;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.UnwrappedKey;
import java.util.Objects;
import java.util.Optional;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenException;

/** Brings keys onto a token, whichever way, and reads back what the token made of the order: some ignore parts of it. */
final class KeyMaking {

    private final NewLabels labels;

    KeyMaking(NewLabels labels) {
        this.labels = labels;
    }

    /** @throws HsmException LABEL_IN_USE, or REFUSED_BY_TOKEN when it made another key; then there is no such key */
    Key make(Session session, BoundSlot slot, KeyOrder order, Making making, Runnable nowChanging)
            throws TokenException {
        return labels.give(session, slot.id(), order.id(), order.label(), () -> {
            // A token that logged the user out shows no label that is in use; nothing is made before that is mended.
            slot.keys().confirmPresence(session);
            nowChanging.run();
            makeWholly(session, slot, order, making);
            Key made = readBack(session, slot, order);
            if (!isAsOrdered(made, order)) {
                destroy(session, slot, order);
                throw new HsmException(
                        HsmFailure.REFUSED_BY_TOKEN,
                        "The token made another key than was asked for; it was destroyed.");
            }
            return made;
        });
    }

    /** What a token refuses half-way leaves nothing behind. */
    private static void makeWholly(Session session, BoundSlot slot, KeyOrder order, Making making)
            throws TokenException {
        try {
            PassingTrouble.outlast(
                    PassingTrouble.OF_A_MAKING,
                    () -> {
                        making.make(session);
                        return order;
                    },
                    () -> destroy(session, slot, order));
        } catch (PKCS11Exception | HsmException e) {
            HsmException told = ReturnCodes.translate(e);
            if (told.failure().meaning() != HsmFailure.Meaning.UNAVAILABLE) {
                destroy(session, slot, order);
            }
            throw told;
        }
    }

    /** It was made, so whatever keeps it from being read is no refusal of the order. */
    private static Key readBack(Session session, BoundSlot slot, KeyOrder order) throws TokenException {
        try {
            // Beside the making of others SoftHSM may show less of it for a moment, or nothing.
            return PassingTrouble.outlast(
                            made -> made.filter(key -> isAsOrdered(key, order)).isEmpty(),
                            () -> seen(session, slot, order))
                    .orElseThrow(
                            () -> HsmException.keyNotFound(slot.id(), order.id().hex()));
        } catch (PKCS11Exception e) {
            throw ReturnCodes.translate(e).as(HsmFailure.OUTCOME_UNKNOWN);
        }
    }

    private static Optional<Key> seen(Session session, BoundSlot slot, KeyOrder order) throws TokenException {
        try {
            return Optional.of(slot.keys().get(session, order.id()));
        } catch (HsmException e) {
            if (e.failure() == HsmFailure.KEY_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static void destroy(Session session, BoundSlot slot, KeyOrder order) throws TokenException {
        try {
            KeyLookup.destroy(session, order.id());
        } catch (PKCS11Exception e) {
            throw ReturnCodes.translate(e).as(HsmFailure.OUTCOME_UNKNOWN);
        }
        slot.keys().cache().forget(order.id());
    }

    private static boolean isAsOrdered(Key made, KeyOrder order) {
        return made.keyClass() == order.keyClass()
                && made.isOnlyFor(order.usage())
                && (made.keyClass() == KeyClass.PUBLIC || isKeptAsOrdered(made, order))
                && (made.keyClass() != KeyClass.PRIVATE || made.publicKey() != null)
                && switch (order) {
                    case NewKey key ->
                        made.curve() == key.spec().curve()
                                && Objects.equals(made.size(), key.spec().size());
                    case ImportedKey key -> isTheOneOf(key.material(), made);
                    case UnwrappedKey key -> made.type() == key.type() && made.curve() == key.curve();
                };
    }

    private static boolean isKeptAsOrdered(Key made, KeyOrder order) {
        return made.attributes().sensitive()
                && made.attributes().extractable() == order.extractable()
                && made.attributes().local() == order instanceof NewKey;
    }

    private static boolean isTheOneOf(KeyMaterial material, Key made) {
        return made.type() == material.type()
                && switch (material) {
                    case KeyMaterial.RsaPair pair -> pair.publicKey().equals(made.publicKey());
                    case KeyMaterial.CurvePair pair -> pair.publicKey().equals(made.publicKey());
                    case KeyMaterial.PublicHalf half -> half.publicKey().equals(made.publicKey());
                    case KeyMaterial.Secret _ -> true;
                };
    }

    /** What puts the objects of a key on the token. */
    interface Making {

        void make(Session session) throws TokenException;
    }
}
