package dev.slotgate.remote;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Accepts connections while the gateway runs. Each has a platform thread: it waits most of the time, and a virtual one would make
 * each of the small answers take longer.
 */
@Component
class Listeners implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    /** Of one listener, with those of whom it is not known yet who they are. */
    private static final int MOST = 1024;

    private static final Duration BETWEEN_FAILURES = Duration.ofMillis(100);

    private final List<Listener> listeners;
    private final Connections connections;
    private final Map<Listener, ServerSocketChannel> open = new HashMap<>();

    Listeners(List<Listener> listeners, Connections connections) {
        this.listeners = listeners;
        this.connections = connections;
    }

    @Override
    public synchronized void start() {
        for (Listener listener : listeners) {
            try {
                listener.open().ifPresent(channel -> {
                    open.put(listener, channel);
                    Thread.ofPlatform().name("pkcs11-listener").daemon().start(() -> accept(listener, channel));
                });
            } catch (IOException e) {
                throw new IllegalStateException("PKCS#11 applications cannot connect", e);
            }
        }
    }

    private void accept(Listener listener, ServerSocketChannel channel) {
        var accepted = new Semaphore(MOST);
        while (channel.isOpen()) {
            try {
                begin(listener, channel.accept(), accepted);
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException | RuntimeException | Error e) {
                // Files, memory or threads that are short now: nobody else accepts the next one.
                LOG.warn("A connection could not be accepted", e);
                LockSupport.parkNanos(BETWEEN_FAILURES.toNanos());
            }
        }
    }

    private void begin(Listener listener, SocketChannel client, Semaphore accepted) throws IOException {
        if (!accepted.tryAcquire()) {
            LOG.debug("A connection is closed: there are {} already.", MOST);
            client.close();
            return;
        }
        boolean begun = false;
        try {
            Thread.ofPlatform().name("pkcs11-client").daemon().start(() -> serve(listener, client, accepted));
            begun = true;
        } finally {
            if (!begun) {
                accepted.release();
                client.close();
            }
        }
    }

    private void serve(Listener listener, SocketChannel client, Semaphore accepted) {
        try (client) {
            listener.serve(client, connections);
        } catch (IOException e) {
            LOG.debug("A connection was not made", e);
        } catch (RuntimeException e) {
            LOG.error("A connection ended with", e);
        } finally {
            accepted.release();
        }
    }

    @Override
    public synchronized void stop() {
        open.forEach((listener, channel) -> {
            try {
                channel.close();
                listener.closed();
            } catch (IOException e) {
                LOG.warn("A listener did not close", e);
            }
        });
        open.clear();
        connections.closeAll();
    }

    @Override
    public synchronized boolean isRunning() {
        return !open.isEmpty();
    }
}
