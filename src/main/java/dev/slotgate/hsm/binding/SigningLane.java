package dev.slotgate.hsm.binding;

import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.SignatureAlgorithm;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way to one slot's sessions. As many calls as there are sessions go at once; those that come on top wait here, and when a
 * call comes back the next one takes along those that wait for the same key.
 */
final class SigningLane {

    private static final int MOST_TOGETHER = 16;

    /** A slow token's calls are not held up by one another for longer. */
    private static final long LONGEST_TOGETHER_NANOS = Duration.ofMillis(20).toNanos();

    /**
     * When nobody has gone for so long, a call waits for a session like any other: the deadlines of the sessions hold for it, and
     * not those of calls before it. As long as the lane moves, calls are cheaper in it, above all when there are too many.
     */
    private static final Duration PATIENCE = Duration.ofMillis(50);

    /** However well it moves. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    private final Work work;
    private final int sessions;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<WaitingCall> queue = new ArrayDeque<>();
    private int underWay;
    private volatile long nanosEach = LONGEST_TOGETHER_NANOS;
    private volatile long lastTurn = System.nanoTime();

    SigningLane(int sessions, Work work) {
        this(sessions, PATIENCE, work);
    }

    /** @param patience how long a call waits here while nobody goes */
    SigningLane(int sessions, Duration patience, Work work) {
        this.sessions = sessions;
        this.patience = patience;
        this.work = work;
    }

    byte[] sign(Target target, byte[] input) {
        List<WaitingCall> group = enter(new WaitingCall(target, input));
        if (group == null) {
            return alone(target, input);
        }
        byte[] signature = group.getFirst().signature();
        return signature == null ? lead(group) : signature;
    }

    /** Those to sign for; null when it takes too long, or when another's call that was to sign for this one failed. */
    private @Nullable List<WaitingCall> enter(WaitingCall mine) {
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
        return mine.await(endOfWait());
    }

    /** It moves on with the lane. */
    private LongSupplier endOfWait() {
        long start = System.nanoTime();
        long standstill = patience.toNanos();
        long longest = Math.max(standstill, LONGEST_WAIT.toNanos());
        return () -> start + Math.min(longest, Math.max(0, lastTurn - start) + standstill);
    }

    private byte[] lead(List<WaitingCall> group) {
        List<byte[]> signatures = List.of();
        long start = System.nanoTime();
        try {
            Target target = group.getFirst().target();
            List<byte[]> inputs = group.stream().map(WaitingCall::input).toList();
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
        lastTurn = System.nanoTime();
        lock.lock();
        try {
            WaitingCall first = queue.poll();
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
    private List<WaitingCall> together(WaitingCall first) {
        long most = Math.min(MOST_TOGETHER, LONGEST_TOGETHER_NANOS / nanosEach);
        int share = Math.ceilDiv(queue.size() + 1, sessions);
        var group = new ArrayList<WaitingCall>();
        group.add(first);
        Iterator<WaitingCall> others = queue.iterator();
        while (group.size() < Math.min(most, share) && others.hasNext()) {
            WaitingCall other = others.next();
            if (other.target().equals(first.target())) {
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
}
