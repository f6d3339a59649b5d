package dev.slotgate.hsm.pkcs11;

import dev.slotgate.SoftHsm;
import dev.slotgate.hsm.KeyId;
import java.nio.file.Path;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenException;

/** Keys that fill a token. Secret keys are objects like any others, and the cheapest to make. */
public final class FillerKeys {

    private FillerKeys() {}

    /** Puts keys on a token of SoftHSM's as another program, which looks for none before it makes one. */
    public static void make(Path configuration, String label, String pin, int keys) {
        NativeVariables.set("SOFTHSM2_CONF", configuration.toString());
        AnotherProgram.work(SoftHsm.library(), label, pin, session -> {
            for (int i = 0; i < keys; i++) {
                make(session);
            }
            return true;
        });
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
