package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.SlotId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenException;

/**
 * The keys of one slot, found with a lent session. A key is looked up once; its handle is used until the token no longer
 * knows it. That nothing was found is believed only of a token that is there and a user that is logged in.
 */
final class SlotKeys {

    /** What tokens say of a dead handle; the last is what SoftHSM says of a key that another process is writing. */
    private static final Set<Long> NOT_THE_KEY =
            Set.of(CKR_OBJECT_HANDLE_INVALID, CKR_KEY_HANDLE_INVALID, CKR_KEY_FUNCTION_NOT_PERMITTED);

    private final SlotId slot;
    private final Supplier<BoundToken> token;
    private final HandleCache cache = new HandleCache();

    SlotKeys(SlotId slot, Supplier<BoundToken> token) {
        this.slot = slot;
        this.token = token;
    }

    HandleCache cache() {
        return cache;
    }

    /**
     * The keys that all objects of the token make up, by id.
     *
     * @param seen the generation when the look at them began
     */
    List<Key> assembled(Session session, List<KeyObject> all, int seen) throws TokenException {
        List<FoundKey> keys = assembly().keys(all);
        confirmPresence(session);
        cache.rememberAll(keys, seen);
        return keys.stream().map(FoundKey::key).toList();
    }

    /** @throws HsmException KEY_NOT_FOUND, or AMBIGUOUS_KEY when several keys share the id */
    Key get(Session session, KeyId id) throws TokenException {
        return fresh(session, id).key();
    }

    /** The key as it is now. @throws HsmException KEY_NOT_FOUND, or AMBIGUOUS_KEY when several keys share the id */
    FoundKey fresh(Session session, KeyId id) throws TokenException {
        int seen = cache.generation();
        FoundKey found = onlyOne(session, sure(id.hex(), () -> withId(session, id)), id.hex());
        cache.remember(found, seen);
        return found;
    }

    /** @throws HsmException KEY_NOT_FOUND, AMBIGUOUS_KEY or KEY_CHANGED */
    Key find(Session session, String idOrLabel) throws TokenException {
        int seen = cache.generation();
        int labelsSeen = cache.labelChanges();
        FoundKey found = onlyOne(session, sure(idOrLabel, () -> fitting(session, idOrLabel)), idOrLabel);
        refuseOther(found.key());
        cache.remember(found, seen);
        if (idOrLabel.equals(found.key().label())) {
            cache.label(idOrLabel, found.key().id(), labelsSeen);
        }
        return found.key();
    }

    /**
     * Uses the handle of a key's private or secret object; one that died is looked up again, once.
     *
     * @throws HsmException KEY_NOT_FOUND, AMBIGUOUS_KEY or KEY_CHANGED
     */
    <T> T using(Session session, KeyId id, HandleWork<T> work) throws TokenException {
        Optional<FoundKey> known = cache.usable(id);
        if (known.isPresent()) {
            try {
                return work.with(known.get().handle());
            } catch (PKCS11Exception e) {
                if (!NOT_THE_KEY.contains(e.getErrorCode())) {
                    throw e;
                }
            }
        }
        int seen = cache.generation();
        List<FoundKey> withId = sure(id.hex(), () -> withId(session, id));
        withId.removeIf(found -> found.key().keyClass() == KeyClass.PUBLIC);
        FoundKey found = onlyOne(session, withId, id.hex());
        refuseOther(found.key());
        cache.remember(found, seen);
        return PassingTrouble.outlast(PassingTrouble.OF_A_USE, () -> work.with(found.handle()), () -> {});
    }

    /** That there is less than was known, of a key or of its parts, is believed when the token says so again and again. */
    private List<FoundKey> sure(String idOrLabel, PassingTrouble.Attempt<List<FoundKey>> look) throws TokenException {
        return PassingTrouble.outlast(
                found -> found.isEmpty()
                        ? cache.find(idOrLabel).isPresent()
                        : found.stream().anyMatch(each -> cache.isLess(each.key())),
                look);
    }

    List<FoundKey> withId(Session session, KeyId id) throws TokenException {
        return assembly().keys(KeyLookup.withId(session, id));
    }

    private List<FoundKey> fitting(Session session, String idOrLabel) throws TokenException {
        if (KeyId.looksLikeOne(idOrLabel)) {
            List<FoundKey> withId = withId(session, new KeyId(idOrLabel));
            if (!withId.isEmpty()) {
                return withId;
            }
        }
        return withLabel(session, idOrLabel);
    }

    /** A key's label is that of its private or secret object: anybody may write a public one under its id. */
    private List<FoundKey> withLabel(Session session, String label) throws TokenException {
        var keys = new ArrayList<FoundKey>();
        for (KeyId id : KeyLookup.withLabel(session, label).stream()
                .map(KeyObject::id)
                .distinct()
                .toList()) {
            keys.addAll(withId(session, id));
        }
        keys.removeIf(found -> !label.equals(found.key().label()));
        return keys;
    }

    private FoundKey onlyOne(Session session, List<FoundKey> fitting, String idOrLabel) throws TokenException {
        if (fitting.isEmpty()) {
            confirmPresence(session);
            if (KeyId.looksLikeOne(idOrLabel)) {
                cache.forget(new KeyId(idOrLabel));
            }
            throw HsmException.keyNotFound(slot, idOrLabel);
        }
        if (fitting.size() > 1) {
            throw HsmException.ambiguousKey(
                    slot,
                    idOrLabel,
                    fitting.stream().map(found -> found.key().id()).distinct().toList());
        }
        return fitting.getFirst();
    }

    /** Another program may have put another key in the place of one that was used before. */
    private void refuseOther(Key now) {
        if (cache.isReplaced(now)) {
            throw new HsmException(
                    HsmFailure.KEY_CHANGED,
                    "The key " + now.id() + " on slot " + slot + " has another public key than when it was used last.");
        }
    }

    /**
     * A token that is gone, and one that logged the user out, show no private objects and no error.
     *
     * @throws PKCS11Exception CKR_USER_NOT_LOGGED_IN, CKR_TOKEN_NOT_PRESENT, or what the token answers
     */
    void confirmPresence(Session session) throws PKCS11Exception {
        if (session.getSessionInfo().getState() != CKS_RW_USER_FUNCTIONS) {
            throw new PKCS11Exception(CKR_USER_NOT_LOGGED_IN);
        }
        token.get().ask();
    }

    private KeyAssembly assembly() {
        return new KeyAssembly(slot, token.get().identity());
    }

    /** What is done with the handle of a key, at once. */
    @FunctionalInterface
    interface HandleWork<T> {

        T with(long handle) throws TokenException;
    }
}
