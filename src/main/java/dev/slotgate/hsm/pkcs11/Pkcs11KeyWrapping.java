package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyWrapping;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.UnwrappedKey;
import dev.slotgate.hsm.WrapAlgorithm;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenException;

/**
 * Wraps and unwraps on the bound slots. The keys are looked at anew each time: whether one may wrap is nothing to take from
 * memory.
 */
final class Pkcs11KeyWrapping implements KeyWrapping {

    private final BoundSlots slots;
    private final KeyMaking making;

    Pkcs11KeyWrapping(BoundSlots slots, KeyMaking making) {
        this.slots = slots;
        this.making = making;
    }

    @Override
    public byte[] wrap(SlotId slot, KeyId key, KeyId wrappingKey, WrapAlgorithm algorithm) {
        BoundSlot bound = slots.bound(slot);
        return bound.read(session -> {
            long wrapping = wrappingHandle(session, wrappingKey(session, bound, wrappingKey, "wrappingKey", algorithm));
            FoundKey wrapped = bound.keys().fresh(session, key);
            if (wrapped.key().keyClass() == KeyClass.PUBLIC) {
                throw HsmException.inField(
                        HsmFailure.KEY_USAGE, "key", "key: a public key needs no wrapping, fetch it as it is");
            }
            try {
                return session.wrapKey(Mechanisms.wrapping(algorithm), wrapping, wrapped.handle());
            } catch (PKCS11Exception e) {
                throw ofParameters(e, algorithm);
            }
        });
    }

    @Override
    public Key unwrap(SlotId slot, UnwrappedKey order) {
        BoundSlot bound = slots.bound(slot);
        return bound.change((session, nowChanging) -> {
            FoundKey unwrapping =
                    wrappingKey(session, bound, order.unwrappingKey(), "unwrappingKey", order.algorithm());
            return making.make(
                    session, bound, order, s -> KeyUnwrapping.unwrap(s, unwrapping.handle(), order), nowChanging);
        });
    }

    /** A key that was ever outside, or that may also decrypt, would give away what is wrapped under it. */
    private static FoundKey wrappingKey(
            Session session, BoundSlot slot, KeyId id, String field, WrapAlgorithm algorithm) throws TokenException {
        FoundKey found = slot.keys().fresh(session, id);
        if (!found.key().isSafeToWrapWith()) {
            throw HsmException.inField(
                    HsmFailure.KEY_USAGE,
                    field,
                    field + ": expected a key that was made on this token, can never leave it and has the usage wrap "
                            + "alone, got another");
        }
        if (!algorithm.fits(found.key().type(), found.key().size())) {
            throw HsmException.inField(
                    HsmFailure.ALGORITHM_MISMATCH,
                    "algorithm",
                    "algorithm: " + algorithm.joseName() + " needs a key of kind " + algorithm.keyKind()
                            + ", and this one is " + found.key().kind());
        }
        return found;
    }

    /** Of RSA the public half that belongs to the private one: anybody may write another one under its id. */
    private static long wrappingHandle(Session session, FoundKey wrappingKey) throws TokenException {
        if (wrappingKey.key().keyClass() == KeyClass.SECRET) {
            return wrappingKey.handle();
        }
        for (KeyObject object : KeyLookup.withId(session, wrappingKey.key().id())) {
            if (object.is(CKO_PUBLIC_KEY)
                    && PublicKeys.of(object)
                            .filter(half -> half.equals(wrappingKey.key().publicKey()))
                            .isPresent()) {
                return object.handle();
            }
        }
        throw HsmException.inField(
                HsmFailure.KEY_USAGE, "wrappingKey", "wrappingKey: the token holds no public half of this one");
    }

    /** SoftHSM knows OAEP with SHA-1 alone, and calls the other an argument that is bad. */
    private static HsmException ofParameters(PKCS11Exception e, WrapAlgorithm algorithm) {
        HsmException told = ReturnCodes.translate(e);
        return e.getErrorCode() == CKR_ARGUMENTS_BAD
                ? HsmException.ofToken(
                        HsmFailure.REFUSED_BY_TOKEN,
                        "The token does not wrap with " + algorithm.joseName() + ".",
                        "CKR_ARGUMENTS_BAD")
                : told;
    }
}
