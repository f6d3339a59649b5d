package dev.slotgate.hsm.pkcs11;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** The key of the id or label, if it was found before. */
    Optional<Key> find(String idOrLabel) {
        Optional<Key> byId = KeyId.looksLikeOne(idOrLabel) ? known(new KeyId(idOrLabel)) : Optional.empty();
        return byId.or(() -> Optional.ofNullable(labels.getIfPresent(idOrLabel)).flatMap(this::known));
    }

    /** The key as it was found last, whether its handle is still good or not. */
    Optional<Key> known(KeyId id) {
        return Optional.ofNullable(keys.getIfPresent(id)).map(entry -> entry.found.key());
    }

    /** The handle of the key, unless it died. */
    Optional<FoundKey> usable(KeyId id) {
        Entry entry = keys.getIfPresent(id);
        return entry != null && entry.generation == generation.get() ? Optional.of(entry.found) : Optional.empty();
    }

    void remember(FoundKey found) {
        keys.put(found.key().id(), new Entry(found, generation.get()));
    }

    /** Remembers which key a label stands for. */
    void label(String label, KeyId id) {
        labels.put(label, id);
    }

    /** What a look at the whole token showed: a key that is not there, or shares its id with another, is forgotten. */
    void rememberAll(List<FoundKey> all) {
        Map<KeyId, List<FoundKey>> byId =
                all.stream().collect(Collectors.groupingBy(found -> found.key().id()));
        byId.values().removeIf(sameId -> sameId.size() > 1);
        keys.asMap().keySet().retainAll(byId.keySet());
        labels.invalidateAll();
        byId.values().forEach(one -> remember(one.getFirst()));
    }

    void forget(KeyId id) {
        keys.invalidate(id);
    }

    /** It is another token. */
    void forgetAll() {
        keys.invalidateAll();
        labels.invalidateAll();
    }

    /** Every handle is dead. */
    void newGeneration() {
        generation.incrementAndGet();
    }

    private record Entry(FoundKey found, int generation) {}
}
