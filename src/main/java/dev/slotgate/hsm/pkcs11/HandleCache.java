package dev.slotgate.hsm.pkcs11;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyId;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * The keys of a slot as they were found last, so that a use needs no look-up. Their handles die when the user logs in anew
 * or the module is initialised again: that begins a new generation. What is known of a key outlives it, to be compared.
 */
final class HandleCache {

    private static final int KEYS = 100_000;
    /** Other programs may give a label to another key; nothing tells the gateway. */
    private static final Duration LABEL_IS_BELIEVED = Duration.ofSeconds(60);

    private final AtomicInteger generation = new AtomicInteger();
    private final Cache<KeyId, Entry> keys =
            Caffeine.newBuilder().maximumSize(KEYS).build();
    private final Cache<String, KeyId> labels = Caffeine.newBuilder()
            .maximumSize(KEYS)
            .expireAfterWrite(LABEL_IS_BELIEVED)
            .build();

    /** How often labels were forgotten: a look-up that began before is not believed. */
    private final AtomicInteger labelChanges = new AtomicInteger();

    /** Which key a handle belongs to. */
    private final Map<Long, KeyId> owners = new ConcurrentHashMap<>();

    /** The key of the id or label, if it was found before. */
    Optional<Key> find(String idOrLabel) {
        Optional<Key> byId = KeyId.looksLikeOne(idOrLabel) ? known(new KeyId(idOrLabel)) : Optional.empty();
        return byId.or(() -> Optional.ofNullable(labels.getIfPresent(idOrLabel)).flatMap(this::known));
    }

    /** The key as it was found last, whether its handle is still good or not. */
    Optional<Key> known(KeyId id) {
        return Optional.ofNullable(keys.getIfPresent(id)).map(entry -> entry.found.key());
    }

    /** Whether the key was there before with another public key. */
    boolean isReplaced(Key now) {
        PublicKey before = known(now.id()).map(Key::publicKey).orElse(null);
        return before != null && now.publicKey() != null && !before.equals(now.publicKey());
    }

    /** Whether the key was there before with more to it: the other half, or another purpose. */
    boolean isLess(Key now) {
        Key before = known(now.id()).orElse(now);
        return now.keyClass() != before.keyClass()
                || !now.usage().containsAll(before.usage())
                || (now.publicKey() == null && before.publicKey() != null);
    }

    /** The handle of the key, unless it died. */
    Optional<FoundKey> usable(KeyId id) {
        Entry entry = keys.getIfPresent(id);
        return entry != null && entry.generation == generation.get() ? Optional.of(entry.found) : Optional.empty();
    }

    /** The generation that a look-up must begin in for what it finds to be of use. */
    int generation() {
        return generation.get();
    }

    /** @param seen the generation when the look-up began */
    void remember(FoundKey found, int seen) {
        KeyId id = found.key().id();
        KeyId before = owners.put(found.handle(), id);
        if (before != null && !before.equals(id)) {
            // The token gave the handle of a key that is gone to another one.
            keys.invalidate(before);
        }
        keys.put(id, new Entry(found, seen));
    }

    /** How often labels have passed to other keys, for a look-up that begins now. */
    int labelChanges() {
        return labelChanges.get();
    }

    /**
     * Remembers which key a label stands for.
     *
     * @param seen the number of changes when the look-up began
     */
    void label(String label, KeyId id, int seen) {
        labels.put(label, id);
        if (labelChanges.get() != seen) {
            labels.invalidate(label);
        }
    }

    /**
     * What a look at the whole token showed: a key that is not there, or shares its id with another, is forgotten. One that
     * has another public key than before stays as it was, for its next use to tell. So does one that is less than before, and
     * a half is not remembered: the other one may have come while the look went on.
     */
    void rememberAll(List<FoundKey> all, int seen) {
        Map<KeyId, List<FoundKey>> byId =
                all.stream().collect(Collectors.groupingBy(found -> found.key().id()));
        byId.values().removeIf(sameId -> sameId.size() > 1);
        keys.asMap().keySet().retainAll(byId.keySet());
        forgetLabels();
        byId.values().stream()
                .map(List::getFirst)
                .filter(one -> isWhole(one.key()) && !isReplaced(one.key()) && !isLess(one.key()))
                .forEach(one -> remember(one, seen));
    }

    private static boolean isWhole(Key key) {
        return key.keyClass() == KeyClass.SECRET || (key.keyClass() == KeyClass.PRIVATE && key.publicKey() != null);
    }

    void forget(KeyId id) {
        Entry entry = keys.asMap().remove(id);
        if (entry != null) {
            owners.remove(entry.found.handle(), id);
        }
    }

    /** Labels have passed to other keys. */
    void forgetLabels() {
        labelChanges.incrementAndGet();
        labels.invalidateAll();
    }

    /** It is another token. */
    void forgetAll() {
        keys.invalidateAll();
        forgetLabels();
        owners.clear();
    }

    /** Every handle is dead. */
    void newGeneration() {
        owners.clear();
        generation.incrementAndGet();
    }

    private record Entry(FoundKey found, int generation) {}
}
