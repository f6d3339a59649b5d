package dev.slotgate.hsm.binding;

import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.TimeLimits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The way to one slot's sessions. As many calls as there are sessions go at once; those that come on top wait here, and when a
 * call comes back the next one takes along those that wait for the same key.
 */
final class SigningLane {

    private static final int MOST_TOGETHER = 16;

    /** A slow token's calls are not held up by one another for longer. */
    private static final long LONGEST_TOGETHER_NANOS = Duration.ofMillis(20).toNanos();

    /** Then a call waits for a session like any other: the deadlines of the sessions hold for it, and not those of calls before it. */
    private static final Duration PATIENCE = Duration.ofMillis(50);

    private final Work work;
    private final int sessions;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private int underWay;
    private volatile long nanosEach = LONGEST_TOGETHER_NANOS;

    SigningLane(int sessions, Work work) {
        this(sessions, PATIENCE, work);
    }

    /** @param patience how long a call waits here */
    SigningLane(int sessions, Duration patience, Work work) {
        this.sessions = sessions;
        this.patience = patience;
        this.work = work;
    }

    byte[] sign(Target target, byte[] input) {
        List<Waiting> group = enter(new Waiting(target, input));
        if (group == null) {
            return alone(target, input);
        }
        byte[] signature = group.getFirst().signature;
        return signature == null ? lead(group) : signature;
    }

    /** Those to sign for; null when it takes too long, or when another's call that was to sign for this one failed. */
    private @Nullable List<Waiting> enter(Waiting mine) {
        lock.lock();
        try {
            if (underWay < sessions) {
                underWay++;
                return List.of(mine);
            }
            queue.add(mine);
        } finally {
            lock.unlock();
        }
        return mine.await(patience);
    }

    private byte[] lead(List<Waiting> group) {
        List<byte[]> signatures = List.of();
        long start = System.nanoTime();
        try {
            Target target = group.getFirst().target;
            List<byte[]> inputs = group.stream().map(waiting -> waiting.input).toList();
            signatures = work.sign(target, inputs);
            nanosEach = (System.nanoTime() - start) / signatures.size() + 1;
            return signatures.getFirst();
        } finally {
            handOn();
            for (int i = 1; i < group.size(); i++) {
                group.get(i).end(i < signatures.size() ? signatures.get(i) : null);
            }
        }
    }

    private byte[] alone(Target target, byte[] input) {
        return work.sign(target, List.of(input)).getFirst();
    }

    /** Lets the next ones go. */
    private void handOn() {
        lock.lock();
        try {
            Waiting first = queue.poll();
            while (first != null && !first.lead(together(first))) {
                first = queue.poll();
            }
            if (first == null) {
                underWay--;
            }
        } finally {
            lock.unlock();
        }
    }

    /** As many as leave the other sessions their share. */
    private List<Waiting> together(Waiting first) {
        long most = Math.min(MOST_TOGETHER, LONGEST_TOGETHER_NANOS / nanosEach);
        int share = Math.ceilDiv(queue.size() + 1, sessions);
        var group = new ArrayList<Waiting>();
        group.add(first);
        Iterator<Waiting> others = queue.iterator();
        while (group.size() < Math.min(most, share) && others.hasNext()) {
            Waiting other = others.next();
            if (other.target.equals(first.target)) {
                others.remove();
                group.add(other);
            }
        }
        return group;
    }

    /** What a signature is made with. */
    record Target(KeyId key, SignatureAlgorithm algorithm) {}

    /** Signs in one session. */
    @FunctionalInterface
    interface Work {

        /** @return the signatures of the first inputs, of one at least */
        List<byte[]> sign(Target target, List<byte[]> inputs);
    }

    /** A call that waits. */
    private static final class Waiting {

        private final Target target;
        private final byte[] input;
        private final CompletableFuture<@Nullable List<Waiting>> turn = new CompletableFuture<>();
        private volatile byte @Nullable [] signature;

        Waiting(Target target, byte[] input) {
            this.target = target;
            this.input = input;
        }

        /** False when it waits no more. */
        boolean lead(List<Waiting> group) {
            return turn.complete(group);
        }

        /** @param made null when it is to go alone */
        void end(byte @Nullable [] made) {
            signature = made;
            turn.complete(made == null ? null : List.of(this));
        }

        @Nullable
        List<Waiting> await(Duration patience) {
            TimeLimits.set(turn, patience);
            try {
                return turn.get();
            } catch (CancellationException e) {
                return null;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                // Also when it was cancelled just now.
                return turn.cancel(false) ? null : turn.join();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a turn comes or does not", e);
            }
        }
    }
}
