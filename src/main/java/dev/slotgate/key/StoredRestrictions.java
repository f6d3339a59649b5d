package dev.slotgate.key;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyRestrictions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The restrictions of keys, asked of the database at most once a second and key. While the database does not answer, what
 * was known of a key goes on to hold.
 */
@Component
class StoredRestrictions implements KeyRestrictions {

    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final int KEYS = 100_000;

    private final LoadingCache<TokenKey, Optional<Set<String>>> algorithms;

    StoredRestrictions(KeyMetadataStore store) {
        algorithms = Caffeine.newBuilder()
                .maximumSize(KEYS)
                .refreshAfterWrite(FRESH)
                .build(key -> store.find(key.serial(), key.id()).map(found -> toSet(found.algorithms())));
    }

    @Override
    public @Nullable Set<String> algorithms(Key key) {
        return algorithms.get(new TokenKey(key.token().serial(), key.id())).orElse(null);
    }

    private static @Nullable Set<String> toSet(@Nullable List<String> names) {
        return names == null ? null : Set.copyOf(names);
    }

    private record TokenKey(String serial, KeyId id) {}
}
