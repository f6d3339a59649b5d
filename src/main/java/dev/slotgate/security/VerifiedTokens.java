package dev.slotgate.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Supplier;
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
     * @param hash its SHA-256
     * @param verify verifies it when it is not known; what that throws is not remembered
     */
    AccessToken get(byte[] hash, Supplier<AccessToken> verify) {
        ByteBuffer id = ByteBuffer.wrap(hash);
        AccessToken known = known(id);
        if (known != null) {
            return known;
        }
        AccessToken fresh = verify.get();
        tokens.put(id, fresh);
        return fresh;
    }

    boolean holds(String token) {
        return known(ByteBuffer.wrap(Sha256.of(token))) != null;
    }

    private @Nullable AccessToken known(ByteBuffer id) {
        AccessToken known = tokens.getIfPresent(id);
        return known == null || known.key().isWithdrawn() ? null : known;
    }

    private static Duration remaining(AccessToken token) {
        return Duration.ofSeconds(Math.max(0, token.expires() - System.currentTimeMillis() / 1000));
    }
}
