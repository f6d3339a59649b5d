package dev.slotgate.security;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of the issuer, from nowhere but its JWK set. They are fetched when the first token comes, again from time to
 * time while tokens come, and at once for a key that is not known yet, if the last time is 30 s ago. While the issuer
 * does not answer the last good ones stay.
 */
final class IssuerKeys {

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);
    private static final Duration PAUSE = Duration.ofSeconds(30);

    /** Between attempts while there are no keys at all: the gateway is to serve soon after its issuer does. */
    private static final long FIRST_PAUSE_MILLIS = Duration.ofSeconds(1).toMillis();

    private static final long PATIENCE_MILLIS = Duration.ofSeconds(5).toMillis();

    /** Where the JWK set comes from. */
    @FunctionalInterface
    interface Source {
        JWKSet fetch() throws IOException;
    }

    private final Source source;
    private final InstantSource clock;
    private final long refreshMillis;
    private final long pauseMillis;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable Map<JWK, IssuerKey> keys;
    private volatile long lastAttempt = Long.MIN_VALUE;

    IssuerKeys(Source source, Duration refresh, InstantSource clock) {
        this.source = source;
        this.refreshMillis = refresh.toMillis();
        this.pauseMillis = Math.min(PAUSE.toMillis(), refreshMillis);
        this.clock = clock;
    }

    /** @throws IssuerUnavailable when no keys were ever had */
    List<IssuerKey> matching(JWKMatcher wanted) {
        if (keys == null) {
            fetch(FIRST_PAUSE_MILLIS);
        }
        List<IssuerKey> found = among(keys, wanted);
        if (found.isEmpty() && (isOlderThan(pauseMillis) || fetching.isLocked())) {
            fetch(pauseMillis);
            found = among(keys, wanted);
        }
        return found;
    }

    /** Has old keys looked after, without waiting for it. */
    void freshen() {
        if (keys != null && isOlderThan(refreshMillis) && !fetching.isLocked()) {
            Thread.ofVirtual().name("issuer-keys").start(() -> fetch(refreshMillis));
        }
    }

    private static List<IssuerKey> among(@Nullable Map<JWK, IssuerKey> keys, JWKMatcher wanted) {
        if (keys == null) {
            throw new IssuerUnavailable();
        }
        return keys.values().stream().filter(key -> wanted.matches(key.jwk())).toList();
    }

    private boolean isOlderThan(long millis) {
        return lastAttempt == Long.MIN_VALUE || Math.abs(clock.millis() - lastAttempt) >= millis;
    }

    /** Who comes while another fetches waits for what that brings, but not without end. */
    private void fetch(long pause) {
        if (!isMyTurn()) {
            return;
        }
        try {
            if (isOlderThan(pause)) {
                lastAttempt = clock.millis();
                replace(source.fetch());
            }
        } catch (IOException e) {
            LOG.warn("The keys of the issuer of access tokens cannot be had: {}", e.getMessage());
            // Those who wait for it do not each try again.
            lastAttempt = clock.millis();
        } finally {
            fetching.unlock();
        }
    }

    private boolean isMyTurn() {
        try {
            return fetching.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A key that stays is the same object as before, so that what it signed stays verified. */
    private void replace(JWKSet fetched) {
        Map<JWK, IssuerKey> old = keys == null ? Map.of() : keys;
        Map<JWK, IssuerKey> fresh = fetched.getKeys().stream()
                .filter(IssuerKey::isOne)
                .map(JWK::toPublicJWK)
                .distinct()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), jwk -> old.getOrDefault(jwk, new IssuerKey(jwk))));
        keys = fresh;
        old.values().stream().filter(key -> !fresh.containsValue(key)).forEach(IssuerKey::withdraw);
    }
}
