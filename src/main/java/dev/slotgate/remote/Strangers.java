package dev.slotgate.remote;

import dev.slotgate.audit.AuditRecord;
import dev.slotgate.audit.AuditTrail;
import dev.slotgate.audit.Receipt;
import dev.slotgate.audit.Refusals;
import dev.slotgate.audit.RequestId;
import dev.slotgate.hsm.TimeLimits;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Those of whom it is not known yet who they are, and those who turn out to be nobody. */
@Component
class Strangers {

    private static final Logger LOG = LoggerFactory.getLogger(Strangers.class);

    /** Of one source at once; who has a certificate is known in a moment. */
    private static final int MOST_OF_SOURCE = 64;

    /** Until then it is known who it is, or the connection ends. */
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Refusals refusals;
    private final Duration patience;
    private final Map<String, Integer> bySource = new ConcurrentHashMap<>();

    @Autowired
    Strangers(Refusals refusals) {
        this(refusals, SOON);
    }

    Strangers(Refusals refusals, Duration patience) {
        this.refusals = refusals;
        this.patience = patience;
    }

    /**
     * Has a connection introduce itself within a bounded time.
     *
     * @throws IOException when it does not, or when its source has too many such connections
     */
    <T> T introduced(SocketChannel client, String source, Introduction<T> introduction) throws IOException {
        var known = new CompletableFuture<Void>();
        try {
            if (bySource.merge(source, 1, Integer::sum) > MOST_OF_SOURCE) {
                throw new IOException("too many strangers come from " + source);
            }
            var _ = known.whenComplete((_, late) -> {
                if (late != null) {
                    end(client);
                }
            });
            TimeLimits.set(known, patience);
            return introduction.make();
        } finally {
            known.complete(null);
            bySource.computeIfPresent(source, (_, count) -> count == 1 ? null : count - 1);
        }
    }

    private static void end(SocketChannel client) {
        try {
            client.close();
        } catch (IOException e) {
            LOG.debug("A connection did not close", e);
        }
    }

    /**
     * Somebody is known, and may not do anything here.
     *
     * @param who as the log and the journal name it
     */
    void turnAway(String who, String source) {
        var trail = new AuditTrail(RequestId.random(), source);
        trail.action("pkcs11.connect");
        trail.by(who, null, Set.of(), null);
        trail.problem("unauthenticated", null);
        if (!refusals.append(trail.finish(AuditRecord.Outcome.REFUSED)).equals(Receipt.NOTHING)) {
            LOG.warn("A PKCS#11 application of {} was turned away: it is none of slotgate.pkcs11.clients.", who);
        }
    }

    /** Finds out who it is. */
    interface Introduction<T> {

        T make() throws IOException;
    }
}
