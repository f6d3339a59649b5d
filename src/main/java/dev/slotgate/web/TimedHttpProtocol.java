package dev.slotgate.web;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * The container's HTTP with an end to the wait for headers and for TLS to begin: its own timeout begins anew with every byte, so
 * that who sends one now and then would hold a connection for hours. The container makes it by its name.
 */
public class TimedHttpProtocol extends Http11NioProtocol {

    private static final long LIMIT_NANOS = Duration.ofSeconds(20).toNanos();

    /** Since when connections are seen without TLS having begun; of the one thread that looks. */
    private Map<SocketWrapperBase<NioChannel>, Long> handshakes = new HashMap<>();

    private @Nullable Future<?> watch;

    @Override
    public void start() throws Exception {
        super.start();
        watch = getUtilityExecutor().scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void stop() throws Exception {
        if (watch != null) {
            watch.cancel(false);
        }
        super.stop();
    }

    private void look() {
        try {
            closeLate(System.nanoTime());
        } catch (RuntimeException e) {
            // Thrown, it would be the last look.
            getLog().warn("Connections could not be looked after", e);
        }
    }

    private void closeLate(long now) {
        var begun = new HashMap<SocketWrapperBase<NioChannel>, Long>();
        for (SocketWrapperBase<NioChannel> connection : getEndpoint().getConnections()) {
            if (!connection.getSocket().isHandshakeComplete()) {
                begun.put(connection, handshakes.getOrDefault(connection, now));
            }
            if (now - begun.getOrDefault(connection, now) > LIMIT_NANOS || hasLateHeaders(connection, now)) {
                connection.close();
            }
        }
        handshakes = begun;
    }

    /** While nobody works on a connection, it has a processor only when a part of a request has come. */
    private static boolean hasLateHeaders(SocketWrapperBase<NioChannel> connection, long now) {
        return connection.getCurrentProcessor() instanceof AbstractProcessor processor
                && !processor.isAsync()
                && !processor.isUpgrade()
                && processor.getRequest().getStartTimeNanos() > 0
                && now - processor.getRequest().getStartTimeNanos() > LIMIT_NANOS;
    }
}
