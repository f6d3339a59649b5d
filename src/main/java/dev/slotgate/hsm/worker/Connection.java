package dev.slotgate.hsm.worker;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket of a link, and the thread that reads it. It does not block, so neither a peer that stops reading nor an
 * interrupted sender, which would close a blocking channel, harms the others.
 */
final class Connection {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final String peer;
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final Runnable whenEnded;
    private final Inbox inbox;
    private final Outbox outbox;
    private final AtomicBoolean ended = new AtomicBoolean();

    /** @param whenEnded runs once, on the thread that ends it */
    private Connection(
            String peer, SocketChannel channel, Selector selector, Consumer<Arrived> receiver, Runnable whenEnded)
            throws IOException {
        this.peer = peer;
        this.channel = channel;
        this.selector = selector;
        this.key = channel.register(selector, SelectionKey.OP_READ);
        this.whenEnded = whenEnded;
        this.inbox = new Inbox(channel, receiver);
        this.outbox = new Outbox(channel, this::awaitRoom);
    }

    /** As {@link Link#start}; nothing is received before {@link #start}. */
    static Connection greeted(
            String peer,
            SocketChannel channel,
            int version,
            Duration patience,
            Consumer<Arrived> receiver,
            Runnable whenEnded) {
        Selector selector = null;
        try {
            selector = channel.provider().openSelector();
            channel.configureBlocking(false);
            var connection = new Connection(peer, channel, selector, receiver, whenEnded);
            Greeting.exchange(channel, selector, version, patience);
            return connection;
        } catch (IOException | WireException e) {
            close(selector, channel);
            throw new WireException("no link to " + peer + ": "
                    + (e instanceof WireException ? e.getMessage() : "the connection broke"));
        }
    }

    void start() {
        Thread.ofPlatform().daemon().name("link-" + peer).start(this::run);
    }

    /** Sends the frame soon, or withdraws it when the connection has ended. */
    void send(Frame frame) {
        if (ended.get()) {
            frame.withdraw();
            return;
        }
        try {
            outbox.send(frame);
        } catch (IOException | CancelledKeyException e) {
            broken(e);
        }
        if (ended.get()) {
            outbox.discard();
        }
    }

    boolean hasEnded() {
        return ended.get();
    }

    void violated(WireException violation) {
        if (end()) {
            LOG.warn("The link to {} is closed, since it broke the protocol: {}.", peer, violation.getMessage());
        }
    }

    /** Closes the socket; false when that was done before. */
    boolean end() {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        close(selector, channel);
        outbox.discard();
        whenEnded.run();
        return true;
    }

    private void run() {
        try {
            while (turn()) {
                selector.select();
            }
        } catch (WireException e) {
            violated(e);
        } catch (IOException | CancelledKeyException | ClosedSelectorException e) {
            broken(e);
        } finally {
            end();
        }
    }

    /** Does what the socket is ready for; false at the end of the stream. */
    private boolean turn() throws IOException {
        if (!selector.selectedKeys().remove(key)) {
            return true;
        }
        if (key.isWritable()) {
            key.interestOpsAnd(~SelectionKey.OP_WRITE);
            outbox.roomAgain();
        }
        return !key.isReadable() || inbox.read();
    }

    private void awaitRoom() {
        key.interestOpsOr(SelectionKey.OP_WRITE);
        selector.wakeup();
    }

    private void broken(Exception e) {
        if (end()) {
            LOG.debug("The link to {} broke: {}", peer, e.toString());
        }
    }

    /** The channel first: a channel that a selector knows gives its place up only when the selector is closed after it. */
    private static void close(@Nullable Selector selector, SocketChannel channel) {
        try (selector;
                channel) {
            return;
        } catch (IOException e) {
            LOG.debug("A connection was not closed cleanly: {}", e.toString());
        }
    }
}
