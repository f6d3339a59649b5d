package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.KeyId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenException;

/** Finds key objects on a token with a lent session. */
final class KeyLookup {

    /** What is secret first. */
    private static final List<Long> KEY_CLASSES = List.of(CKO_PRIVATE_KEY, CKO_SECRET_KEY, CKO_PUBLIC_KEY);

    /** What tokens say of an object that was destroyed meanwhile; SoftHSM says the second when it loses the race. */
    private static final Set<Long> GONE = Set.of(CKR_OBJECT_HANDLE_INVALID, CKR_ATTRIBUTE_VALUE_INVALID);

    private KeyLookup() {}

    /** Reads objects of a kind that were found before. */
    static List<KeyObject> read(Session session, ObjectKind kind, long[] handles) throws TokenException {
        var objects = new ArrayList<KeyObject>();
        for (long handle : handles) {
            unlessGone(() -> KeyObject.read(session, kind, handle)).ifPresent(objects::add);
        }
        return objects;
    }

    static List<KeyObject> withId(Session session, KeyId id) throws TokenException {
        List<KeyObject> objects = objects(session, new AttributeVector().id(id.bytes()));
        if (objects.isEmpty() && DerivedId.looksLikeOne(id)) {
            objects = objects(session, new AttributeVector().id(new byte[0]));
            objects.removeIf(object -> object.ckaId() != null || !object.id().equals(id));
        }
        return objects;
    }

    static List<KeyObject> withLabel(Session session, String label) throws TokenException {
        return objects(session, new AttributeVector().label(label));
    }

    /** Destroys every key object that has the id: what is secret first. */
    static void destroy(Session session, KeyId id) throws TokenException {
        List<KeyObject> objects = withId(session, id);
        objects.sort(Comparator.comparingInt(object -> KEY_CLASSES.indexOf(object.objectClass())));
        for (KeyObject object : objects) {
            session.destroyObject(object.handle());
        }
    }

    private static List<KeyObject> objects(Session session, AttributeVector template) throws TokenException {
        var objects = new ArrayList<KeyObject>();
        for (long handle : ObjectSearch.handles(session, template)) {
            unlessGone(() -> KeyObject.read(session, handle)).ifPresent(objects::add);
        }
        return objects;
    }

    /** Other programs destroy objects while the gateway reads them: what is gone is not there. */
    private static Optional<KeyObject> unlessGone(Reading reading) throws TokenException {
        try {
            return PassingTrouble.outlast(PassingTrouble.OF_A_LOOK, reading::read, () -> {});
        } catch (PKCS11Exception e) {
            if (GONE.contains(e.getErrorCode())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private interface Reading {

        Optional<KeyObject> read() throws TokenException;
    }
}
