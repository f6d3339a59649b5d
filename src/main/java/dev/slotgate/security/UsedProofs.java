package dev.slotgate.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.time.Duration;

/** The proofs that were used and could still pass for new ones. Each gateway knows its own. */
final class UsedProofs {

    /** Some tens of MiB at most; with more of them in two minutes the oldest could be used again. */
    private static final int MOST = 200_000;

    private final Cache<ByteBuffer, Boolean> ids = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(Duration.ofSeconds(2 * KeyProofs.WINDOW + 1))
            .build();

    /** @return false when it was there */
    boolean add(String id) {
        return ids.asMap().putIfAbsent(ByteBuffer.wrap(Sha256.of(id)), Boolean.TRUE) == null;
    }
}
