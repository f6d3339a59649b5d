package dev.slotgate.hsm.worker;

import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One connection on which both ends call each other, many calls at once. Each request that comes in runs on a thread of
 * the handlers'. It ends when either end closes it, when the connection breaks, and when something comes that is against the
 * protocol: after that nothing on it can be trusted.
 */
final class Link implements AutoCloseable {

    /** The version of the protocol; both ends must have the same. */
    static final int VERSION = 1;

    private final String peer;
    private final Handlers handlers;
    private final Connection connection;
    private final Map<Integer, Call> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger lastCall = new AtomicInteger();
    private final CompletableFuture<@Nullable Void> lost = new CompletableFuture<>();

    private Link(String peer, SocketChannel channel, Handlers handlers, Duration patience, int version) {
        this.peer = peer;
        this.handlers = handlers;
        this.connection = Connection.greeted(peer, channel, version, patience, this::receive, this::ended);
    }

    static Link start(String peer, SocketChannel channel, Handlers handlers, Duration patience) {
        return start(peer, channel, handlers, patience, VERSION);
    }

    /**
     * Greets the other end, which must do the same, and begins. The channel is the link's from here on.
     *
     * @param peer names the other end in messages
     * @param channel connected
     * @param handlers what is done here for the other end, complete
     * @param patience how long the other end may take to greet
     * @throws WireException when no greeting comes in time, or one of another version; the channel is closed then
     */
    static Link start(String peer, SocketChannel channel, Handlers handlers, Duration patience, int version) {
        var link = new Link(peer, channel, handlers, patience, version);
        link.connection.start();
        return link;
    }

    /**
     * Asks the other end and waits for its answer. At the deadline the call is forgotten; the other end may still do it.
     *
     * @throws dev.slotgate.hsm.HsmException whatever the handler there threw
     * @throws AnswerLate at the deadline
     * @throws LinkLost when the link ends before the answer comes, or has ended already
     * @throws WireException when the request cannot be sent over any link
     */
    <Q extends @Nullable Object, A extends @Nullable Object> A call(
            Operation<Q, A> operation, Q request, Duration patience) {
        int id = lastCall.incrementAndGet();
        Frame frame = Frame.request(id, operation, request);
        var call = new Call();
        waiting.put(id, call);
        try {
            connection.send(frame);
            if (connection.hasEnded()) {
                call.abandon();
            }
            Arrived answer = call.await(patience).orElseThrow(() -> new LinkLost(peer, !frame.withdraw()));
            return decoded(operation, answer);
        } finally {
            waiting.remove(id);
            frame.withdraw();
        }
    }

    /** How many calls wait here for an answer from there. */
    int outstanding() {
        return waiting.size();
    }

    /** Asked at every call, so it leaves nothing behind, which a copy of {@link #lost} would. */
    boolean hasEnded() {
        return connection.hasEnded();
    }

    /** Completed once, when the link has ended, whatever the reason. */
    CompletableFuture<@Nullable Void> lost() {
        return lost.copy();
    }

    /** What runs here for the other end may finish, but is not answered. */
    @Override
    public void close() {
        connection.end();
    }

    private void receive(Arrived frame) {
        if (frame.kind() == Frame.Kind.REQUEST) {
            handlers.threads().execute(() -> serve(frame));
            return;
        }
        Call call = waiting.remove(frame.call());
        if (call == null || !call.answer(frame)) {
            frame.wipe();
        }
    }

    private void serve(Arrived request) {
        try {
            connection.send(handlers.serve(request));
        } catch (WireException e) {
            connection.violated(e);
        }
    }

    private <A extends @Nullable Object> A decoded(Operation<?, A> operation, Arrived arrived) {
        try {
            var content = new WireReader(arrived.content());
            if (arrived.kind() == Frame.Kind.FAILURE) {
                throw content.last(Failure.CODEC).restored();
            }
            return content.last(operation.answer());
        } catch (WireException e) {
            connection.violated(e);
            throw new LinkLost(peer, true);
        } finally {
            arrived.wipe();
        }
    }

    private void ended() {
        waiting.values().forEach(Call::abandon);
        lost.completeAsync(() -> null, Thread::startVirtualThread);
    }
}
