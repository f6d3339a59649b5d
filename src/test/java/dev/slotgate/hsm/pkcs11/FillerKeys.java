package dev.slotgate.hsm.pkcs11;

import dev.slotgate.SoftHsm;
import dev.slotgate.hsm.KeyId;
import java.nio.file.Path;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.Token;
import org.xipki.pkcs11.wrapper.TokenException;

/** Keys that fill a token. Secret keys are objects like any others, and the cheapest to make. */
public final class FillerKeys {

    /** Each key waits for the disk. */
    private static final int THREADS = 4;

    private FillerKeys() {}

    /** Puts keys on a token of SoftHSM's as another program, which looks for none before it makes one. */
    public static void make(Path configuration, String label, String pin, int keys) {
        NativeVariables.set("SOFTHSM2_CONF", configuration.toString());
        AnotherProgram.work(SoftHsm.library(), label, pin, session -> make(session.getToken(), keys));
    }

    private static boolean make(Token token, int keys) {
        int share = keys / THREADS;
        try {
            Concurrently.run(THREADS, () -> make(token.openSession(true), share));
            return make(token.openSession(true), keys - THREADS * share);
        } catch (Exception e) {
            throw new IllegalStateException("the token is not filled", e);
        }
    }

    private static boolean make(Session session, int keys) throws TokenException {
        for (int i = 0; i < keys; i++) {
            make(session);
        }
        session.closeSession();
        return true;
    }

    static void make(Session session) throws TokenException {
        KeyId id = KeyId.random();
        session.createObject(AttributeVector.newAESSecretKey()
                .token(true)
                .private_(true)
                .id(id.bytes())
                .label("filler " + id)
                .value(new byte[32]));
    }
}
