package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_AES_KEY_GEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKU_USER;

import dev.slotgate.SoftHsm;
import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.Usage;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.xipki.pkcs11.wrapper.Mechanism;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.Token;
import org.xipki.pkcs11.wrapper.TokenException;

/** A SoftHSM token with nothing in between but the wrapper: what everything else is measured against. */
public final class RawToken implements AutoCloseable {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int IV_BYTES = 12;

    private final TestTokens tokens;
    private final Token token;
    private final Session session;
    private final Map<Use, Long> keys = new EnumMap<>(Use.class);

    private RawToken(TestTokens tokens) throws Exception {
        this.tokens = tokens;
        this.token = tokens.token("raw");
        this.session = token.openSession(true);
        session.login(CKU_USER, TestTokens.USER_PIN.toCharArray());
        keys.put(Use.ES256, pair(new KeySpec.OnCurve(Curve.P_256)));
        keys.put(Use.RS256, pair(new KeySpec.Rsa(2048)));
        var secret = new NewKey(KeyId.random(), null, new KeySpec.Aes(256), Usage.ENCRYPT, false);
        keys.put(Use.A256GCM, session.generateKey(new Mechanism(CKM_AES_KEY_GEN), KeyTemplates.secret(secret)));
    }

    /** @param folder for the token */
    public static RawToken on(Path folder) throws Exception {
        return new RawToken(TestTokens.provision(folder, SoftHsm.library(), List.of("raw")));
    }

    private long pair(KeySpec spec) throws TokenException {
        var order = new NewKey(KeyId.random(), null, spec, Usage.SIGN, false);
        return session.generateKeyPair(KeyTemplates.generation(spec), KeyTemplates.pair(order))
                .getPrivateKey();
    }

    /** How many ES256 signatures a second by so many threads, each with a session of its own. */
    public long perSecond(int threads, Duration time) throws Exception {
        return Math.round(run(Use.ES256, threads, time).perSecond());
    }

    /** Uses a key again and again in so many threads, each with a session of its own. */
    public Run run(Use use, int threads, Duration time) throws Exception {
        long key = Objects.requireNonNull(keys.get(use));
        long start = System.nanoTime();
        long done = 0;
        long cpu = 0;
        Callable<Run> own = () -> own(use, key, start + time.toNanos());
        try (var executor = Executors.newFixedThreadPool(threads)) {
            for (Future<Run> each : executor.invokeAll(Collections.nCopies(threads, own))) {
                done += each.get().done;
                cpu += each.get().cpuNanos;
            }
        }
        return new Run(done, System.nanoTime() - start, cpu);
    }

    private Run own(Use use, long key, long end) throws TokenException {
        Session own = token.openSession(true);
        long cpu = THREADS.getCurrentThreadCpuTime();
        long done = 0;
        while (System.nanoTime() < end) {
            use.once(own, key, done++);
        }
        cpu = THREADS.getCurrentThreadCpuTime() - cpu;
        own.closeSession();
        return new Run(done, 0, cpu);
    }

    /** So many threads that use the token for others, each with a session of its own. */
    public Threads threads(int count) {
        return new Threads(count);
    }

    @Override
    public void close() throws TokenException {
        session.logout();
        tokens.close();
    }

    /** They end with the process. */
    public final class Threads {

        private final ExecutorService executor;
        private final ThreadLocal<Session> sessions = ThreadLocal.withInitial(this::open);
        private final AtomicLong uses = new AtomicLong();

        private Threads(int count) {
            executor = Executors.newFixedThreadPool(count);
        }

        /** Uses a key so many times, and answers what came of each. */
        public Future<List<byte[]>> begin(Use use, int times) {
            long key = Objects.requireNonNull(keys.get(use));
            return executor.submit(() -> {
                var results = new ArrayList<byte[]>(times);
                while (results.size() < times) {
                    results.add(use.once(sessions.get(), key, uses.getAndIncrement()));
                }
                return results;
            });
        }

        private Session open() {
            try {
                return token.openSession(true);
            } catch (TokenException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** What a key does. */
    public enum Use {
        ES256 {
            @Override
            byte[] once(Session session, long key, long number) throws TokenException {
                return session.signSingle(Mechanisms.signing(SignatureAlgorithm.ES256), key, DIGEST);
            }
        },
        /** With 2048 bits. */
        RS256 {
            @Override
            byte[] once(Session session, long key, long number) throws TokenException {
                return session.signSingle(Mechanisms.signing(SignatureAlgorithm.RS256), key, DIGEST_INFO);
            }
        },
        /** Encrypts 1 KiB. */
        A256GCM {
            @Override
            byte[] once(Session session, long key, long number) throws TokenException {
                byte[] iv = ByteBuffer.allocate(IV_BYTES).putLong(number).array();
                return session.encryptSingle(Mechanisms.gcm(iv, new byte[0]), key, MESSAGE);
            }
        };

        private static final byte[] DIGEST = new byte[32];
        private static final byte[] DIGEST_INFO = Mechanisms.signingInput(SignatureAlgorithm.RS256, new byte[32]);
        private static final byte[] MESSAGE = new byte[1024];

        abstract byte[] once(Session session, long key, long number) throws TokenException;
    }

    /** What came of it. */
    public record Run(long done, long nanos, long cpuNanos) {

        public double perSecond() {
            return done * 1e9 / nanos;
        }

        /** Of the threads that did it, for one. */
        public double cpuMicros() {
            return cpuNanos / 1e3 / done;
        }
    }
}
