package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.KeyId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenException;

/** Finds key objects on a token with a lent session. */
final class KeyLookup {

    private static final long[] KEY_CLASSES = {CKO_PRIVATE_KEY, CKO_SECRET_KEY, CKO_PUBLIC_KEY};

    /** What tokens say of an object that was destroyed meanwhile; SoftHSM says the second when it loses the race. */
    private static final Set<Long> GONE = Set.of(CKR_OBJECT_HANDLE_INVALID, CKR_ATTRIBUTE_VALUE_INVALID);

    private KeyLookup() {}

    static List<KeyObject> all(Session session) throws TokenException {
        return objects(session, new AttributeVector());
    }

    static List<KeyObject> withId(Session session, KeyId id) throws TokenException {
        return objects(session, new AttributeVector().id(id.bytes()));
    }

    static List<KeyObject> withLabel(Session session, String label) throws TokenException {
        return objects(session, new AttributeVector().label(label));
    }

    /** Whether any key object has the label, one without a CKA_ID too. */
    static boolean isInUse(Session session, String label) throws TokenException {
        for (long keyClass : KEY_CLASSES) {
            var template = new AttributeVector().class_(keyClass).label(label);
            if (session.findObjectsSingle(template, 1).length > 0) {
                return true;
            }
        }
        return false;
    }

    /** Destroys every key object that has the id. */
    static void destroy(Session session, KeyId id) throws TokenException {
        for (long keyClass : KEY_CLASSES) {
            var template = new AttributeVector().class_(keyClass).id(id.bytes());
            for (long handle : session.findAllObjectsSingle(template)) {
                session.destroyObject(handle);
            }
        }
    }

    private static List<KeyObject> objects(Session session, AttributeVector template) throws TokenException {
        var objects = new ArrayList<KeyObject>();
        for (long keyClass : KEY_CLASSES) {
            for (long handle : session.findAllObjectsSingle(template.class_(keyClass))) {
                readUnlessGone(session, handle).ifPresent(objects::add);
            }
        }
        return objects;
    }

    /** Other programs destroy objects while the gateway reads them: what is gone is not there. */
    private static Optional<KeyObject> readUnlessGone(Session session, long handle) throws TokenException {
        try {
            return KeyObject.read(session, handle);
        } catch (PKCS11Exception e) {
            if (GONE.contains(e.getErrorCode())) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
