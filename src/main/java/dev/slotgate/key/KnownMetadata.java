package dev.slotgate.key;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The metadata of keys, asked of the database at most once a second and key. What is changed here is known at once; what
 * another instance changes, a little later. While the database does not answer, what was known of a key goes on to hold.
 */
@Component
class KnownMetadata {

    private static final Duration FRESH = Duration.ofSeconds(1);

    /** What was known longer ago than that is asked for before it is told again, unless the database does not answer. */
    private static final long OLD_NANOS = Duration.ofSeconds(2).toNanos();

    private static final Duration QUICK = Duration.ofMillis(5);
    private static final int KEYS = 100_000;

    private final KeyMetadataStore store;
    private final TransactionOperations transaction;
    private final LoadingCache<TokenKey, Told> one;
    private final Map<String, Seen<KeyId, KeyMetadata>> all = new ConcurrentHashMap<>();

    /** When the database did not answer last; null once it has. */
    private volatile @Nullable Long unansweredAt;

    KnownMetadata(KeyMetadataStore store, TransactionOperations transaction) {
        this.store = store;
        this.transaction = transaction;
        one = Caffeine.newBuilder().maximumSize(KEYS).refreshAfterWrite(FRESH).build(this::load);
    }

    KeyMetadata of(Key key) {
        return of(key.token().serial(), key.id());
    }

    KeyMetadata of(String serial, KeyId key) {
        var wanted = new TokenKey(serial, key);
        Told told = one.get(wanted);
        if (unansweredAt != null || System.nanoTime() - told.nanos <= OLD_NANOS) {
            return told.metadata;
        }
        try {
            return one.asMap().merge(wanted, ask(wanted), Told::orLater).metadata;
        } catch (DataAccessException e) {
            return told.metadata;
        }
    }

    /** Who asks for the same key waits in line, so those behind one that got no answer must not wait as long once more. */
    private Told load(TokenKey key) {
        Long asked = unansweredAt;
        if (asked != null && System.nanoTime() - asked < FRESH.toNanos()) {
            throw new DataAccessResourceFailureException("The database did not answer a moment ago.");
        }
        return ask(key);
    }

    /** Nobody waits for a database that did not answer last time: it is asked in the background until it does. */
    private Told ask(TokenKey key) {
        // Before the question, since the answer may be on its way for some time.
        long nanos = System.nanoTime();
        try {
            var told = new Told(store.find(key.serial, key.id).orElse(KeyMetadata.NONE), nanos);
            unansweredAt = null;
            return told;
        } catch (DataAccessException e) {
            unansweredAt = System.nanoTime();
            throw e;
        }
    }

    /** That of every key of a token that has any. */
    Map<KeyId, KeyMetadata> all(String serial) {
        return seen(serial).now();
    }

    /** Changes what the database knows of a key, which may have been made elsewhere. @return what is known of it then */
    KeyMetadata change(Key key, Change change) {
        String serial = key.token().serial();
        store.addIfAbsent(serial, key.id());
        transaction.executeWithoutResult(_ -> change.write(serial, key.id(), store.findLocked(serial, key.id())));
        return changed(serial, key.id());
    }

    /** It was changed in the database. */
    KeyMetadata changed(String serial, KeyId key) {
        var changed = new TokenKey(serial, key);
        Told now = ask(changed);
        Seen<KeyId, KeyMetadata> listed = seen(serial);
        return one.asMap()
                .compute(changed, (_, told) -> {
                    Told latest = now.orLater(told);
                    listed.put(key, latest.metadata);
                    return latest;
                })
                .metadata;
    }

    /** Everything that was known of the token is void. */
    void forget(String serial) {
        one.asMap().keySet().removeIf(key -> key.serial.equals(serial));
        all.remove(serial);
    }

    private Seen<KeyId, KeyMetadata> seen(String serial) {
        return all.computeIfAbsent(serial, _ -> new Seen<>(() -> store.all(serial), QUICK));
    }

    /** Writes into the row of a key, all of it or nothing. */
    interface Change {

        /** @param before what the database knows, also of a moment ago; nobody else changes it until this is done */
        void write(String serial, KeyId key, KeyMetadata before);
    }

    /** @param nanos when it was asked for: what was asked for later knows every change that was known before */
    private record Told(KeyMetadata metadata, long nanos) {

        /** Answers may overtake each other on their way. */
        Told orLater(@Nullable Told other) {
            return other == null || nanos - other.nanos >= 0 ? this : other;
        }
    }

    private record TokenKey(String serial, KeyId id) {}
}
