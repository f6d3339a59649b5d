package dev.slotgate.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that were verified, so that a call costs a hash in place of a signature check. The tokens themselves are not
 * kept: each is known by its SHA-256, of every letter of it.
 */
final class VerifiedTokens {

    private static final int MOST = 10_000;

    private final Cache<ByteBuffer, AccessToken> tokens = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfter(Expiry.<ByteBuffer, AccessToken>creating((_, token) -> remaining(token)))
            .build();

    /**
     * The verified token, unless its key was withdrawn meanwhile.
     *
     * @param verify verifies one that is not known; what it throws is not remembered
     */
    AccessToken get(String token, Function<String, AccessToken> verify) {
        ByteBuffer id = id(token);
        AccessToken known = known(id);
        if (known != null) {
            return known;
        }
        AccessToken fresh = verify.apply(token);
        tokens.put(id, fresh);
        return fresh;
    }

    boolean holds(String token) {
        return known(id(token)) != null;
    }

    private @Nullable AccessToken known(ByteBuffer id) {
        AccessToken known = tokens.getIfPresent(id);
        return known == null || known.key().isWithdrawn() ? null : known;
    }

    private static ByteBuffer id(String token) {
        return ByteBuffer.wrap(Sha256.of(token));
    }

    private static Duration remaining(AccessToken token) {
        return Duration.ofSeconds(Math.max(0, token.expires() - System.currentTimeMillis() / 1000));
    }
}
