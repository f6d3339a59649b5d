package dev.slotgate.remote;

import dev.slotgate.remote.wire.Dialect;
import dev.slotgate.remote.wire.Frame;
import dev.slotgate.remote.wire.MalformedFrame;
import dev.slotgate.security.Caller;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Serves connections, one call after the other in each: what goes wrong in one concerns no other. Whatever a client had is given
 * back when its connection ends, however it ends.
 */
@Component
class Connections implements MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    /** Of one caller; each has a thread. */
    private static final int MOST_OF_CALLER = 128;

    /** As long as a key may take to be made. */
    private static final Duration DRAIN = Duration.ofSeconds(15);

    private final CallServer server;
    private final Map<String, Share> byCaller = new ConcurrentHashMap<>();
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean stopping;

    Connections(CallServer server) {
        this.server = server;
    }

    /**
     * Serves a client until it goes.
     *
     * @param source where it comes from, for the journal
     */
    void serve(Channel channel, Caller caller, String source) {
        String name = caller.name();
        Share share = byCaller.merge(name, new Share(1, new Allowance()), (before, _) -> before.with(1));
        open.add(channel);
        try {
            if (share.connections > MOST_OF_CALLER) {
                LOG.warn("A connection of {} is closed: it has {} already.", source, MOST_OF_CALLER);
                return;
            }
            converse(channel, caller, source, share.allowance);
        } catch (MalformedFrame e) {
            LOG.debug("A connection of {} is closed, since it sent {}.", source, e.getMessage());
        } catch (IOException e) {
            LOG.debug("A connection of {} broke off", source, e);
        } finally {
            open.remove(channel);
            byCaller.computeIfPresent(name, (_, held) -> held.connections == 1 ? null : held.with(-1));
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("slotgate.pkcs11.connections", open, Set::size)
                .description("PKCS#11 applications that are connected")
                .register(registry);
    }

    /** Ends all of them: those that wait for a call at once, the others after their answer, within a bound. */
    void closeAll() {
        stopping = true;
        long end = System.nanoTime() + DRAIN.toNanos();
        while (underWay.get() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        for (Channel channel : open) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.debug("A connection did not close", e);
            }
        }
    }

    private void converse(Channel channel, Caller caller, String source, Allowance allowance) throws IOException {
        InputStream in = channel.in();
        OutputStream out = channel.out();
        channel.expectsSoon(true);
        int offered = in.read();
        if (offered < 0) {
            return;
        }
        Dialect dialect = Dialect.offered(offered);
        out.write(dialect.version());
        out.flush();
        try (var application = new Application(caller, dialect, allowance)) {
            int first = next(channel, in);
            while (first >= 0 && !stopping) {
                channel.expectsSoon(true);
                try (Allowance.Request room = allowance.request()) {
                    answer(Frame.read(first, in, room::await), application, source, out);
                }
                first = next(channel, in);
            }
        }
    }

    private void answer(Frame request, Application application, String source, OutputStream out) throws IOException {
        underWay.incrementAndGet();
        try {
            new Frame(request.code(), server.answer(application, source, request.body())).write(out);
        } finally {
            underWay.decrementAndGet();
        }
    }

    private static int next(Channel channel, InputStream in) throws IOException {
        channel.expectsSoon(false);
        return in.read();
    }

    /** What one caller has of all this. */
    private record Share(int connections, Allowance allowance) {

        Share with(int more) {
            return new Share(connections + more, allowance);
        }
    }
}
