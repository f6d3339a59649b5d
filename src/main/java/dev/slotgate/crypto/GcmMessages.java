package dev.slotgate.crypto;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/**
 * Counts what each key encrypts with GCM. With IVs of 96 random bits a key is good for 2^32 messages (NIST SP 800-38D section
 * 8.3). The database counts them in blocks, each before the first of its messages: what a crash leaves of one is not used.
 */
@Component
class GcmMessages implements MeterBinder {

    static final long MOST = 1L << 32;

    private static final int BLOCK = 16_384;
    private static final int KEYS = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);

    private final GcmMessageStore store;
    private final Cache<TokenKey, Left> left = Caffeine.newBuilder()
            .maximumSize(KEYS)
            .expireAfterAccess(FORGOTTEN_AFTER)
            .build();

    GcmMessages(GcmMessageStore store) {
        this.store = store;
    }

    /** One more. @throws HsmException KEY_EXHAUSTED */
    void count(Key key) {
        var token = new TokenKey(key.token().serial(), key.id());
        left.get(token, _ -> new Left()).take(token);
    }

    /** Not by key: their ids would be labels without end. */
    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("slotgate.gcm.budget.used", this, GcmMessages::mostUsed)
                .baseUnit("ratio")
                .description("Share of its GCM messages that the key has used that has used most, of those in use here")
                .register(registry);
    }

    private double mostUsed() {
        return left.asMap().values().stream()
                        .mapToLong(key -> key.counted)
                        .max()
                        .orElse(0)
                / (double) MOST;
    }

    private record TokenKey(String serial, KeyId id) {}

    /** What is left of the block that was counted last. */
    private final class Left {

        private final ReentrantLock counting = new ReentrantLock();
        private long messages;
        /** With those that are left. */
        private volatile long counted;

        void take(TokenKey key) {
            if (!locked()) {
                throw new HsmException(HsmFailure.SLOT_BUSY, "The messages of the key are being counted.");
            }
            try {
                if (messages == 0) {
                    GcmMessageStore.Block block = store.count(key.serial, key.id, BLOCK, MOST);
                    messages = block.messages();
                    counted = block.end();
                }
                if (messages == 0) {
                    throw HsmException.inField(
                            HsmFailure.KEY_EXHAUSTED, "key", "key: this one has encrypted " + MOST + " messages");
                }
                messages--;
            } finally {
                counting.unlock();
            }
        }

        /** Nobody waits longer for a database than those before have to. */
        private boolean locked() {
            try {
                return counting.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
