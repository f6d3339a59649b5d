package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_ECDSA;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKU_USER;

import dev.slotgate.SoftHsm;
import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.Usage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.xipki.pkcs11.wrapper.Mechanism;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.Token;
import org.xipki.pkcs11.wrapper.TokenException;

/** ES256 on a SoftHSM token with nothing in between but the wrapper: what everything else is measured against. */
public final class RawSignatures implements AutoCloseable {

    private final TestTokens tokens;
    private final Token token;
    private final Session session;
    private final long key;

    private RawSignatures(TestTokens tokens) throws Exception {
        this.tokens = tokens;
        this.token = tokens.token("raw");
        this.session = token.openSession(true);
        session.login(CKU_USER, TestTokens.USER_PIN.toCharArray());
        var order = new NewKey(KeyId.random(), null, new KeySpec.OnCurve(Curve.P_256), Usage.SIGN, false);
        this.key = session.generateKeyPair(KeyTemplates.generation(order.spec()), KeyTemplates.pair(order))
                .getPrivateKey();
    }

    /** @param folder for the token */
    public static RawSignatures on(Path folder) throws Exception {
        return new RawSignatures(TestTokens.provision(folder, SoftHsm.library(), List.of("raw")));
    }

    /** How many a second by so many threads, each with a session of its own. */
    public long perSecond(int threads, Duration time) throws Exception {
        var signed = new LongAdder();
        long start = System.nanoTime();
        Concurrently.run(threads, () -> {
            Session own = token.openSession(true);
            var mechanism = new Mechanism(CKM_ECDSA);
            byte[] digest = new byte[32];
            while (System.nanoTime() - start < time.toNanos()) {
                own.signSingle(mechanism, key, digest);
                signed.increment();
            }
            own.closeSession();
            return true;
        });
        return signed.sum() * 1_000_000_000L / (System.nanoTime() - start);
    }

    @Override
    public void close() throws TokenException {
        session.logout();
        tokens.close();
    }
}
