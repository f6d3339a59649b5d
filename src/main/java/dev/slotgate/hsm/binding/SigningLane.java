package dev.slotgate.hsm.binding;

import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.Signer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way to one slot's sessions. As many calls as there are sessions go at once; those that come on top wait here, and when a
 * call comes back the next one takes along those that wait for the same key.
 */
final class SigningLane {

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
    private final LongSupplier stopwatch;
    private final ReentrantLock lock = new ReentrantLock();
    private final WaitingCalls queue = new WaitingCalls();
    private int underWay;
    private final Pace pace = new Pace();
    private volatile long lastTurn = System.nanoTime();

    SigningLane(int sessions, Work work) {
        this(sessions, PATIENCE, System::nanoTime, work);
    }

    /**
     * @param patience how long a call waits here while nobody goes
     * @param stopwatch tells how long the token takes, in nanoseconds
     */
    SigningLane(int sessions, Duration patience, LongSupplier stopwatch, Work work) {
        this.sessions = sessions;
        this.patience = patience;
        this.stopwatch = stopwatch;
        this.work = work;
    }

    /**
     * Signs as {@link Signer#signAll} does.
     *
     * @return the signatures of the first inputs, at least one; fewer than there are inputs when a call of the token takes no more
     */
    List<byte[]> sign(Target target, List<byte[]> inputs) {
        List<WaitingCall> group = enter(new WaitingCall(target, inputs));
        if (group == null) {
            return work.sign(target, firstOf(target, inputs));
        }
        List<byte[]> signatures = group.getFirst().signatures();
        return signatures.isEmpty() ? lead(group) : signatures;
    }

    /** Those to sign for; null when it takes too long, or when another's call that was to sign for this one did not. */
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

    private List<byte[]> lead(List<WaitingCall> group) {
        List<byte[]> signatures = List.of();
        WaitingCall first = group.getFirst();
        long start = stopwatch.getAsLong();
        try {
            signatures = work.sign(first.target(), inputs(group));
        } finally {
            pace.took(first.target(), stopwatch.getAsLong() - start, signatures.size());
            handOn();
            int from = 0;
            for (WaitingCall call : group) {
                call.end(signatures, from);
                from += call.inputs().size();
            }
        }
        return first.signatures();
    }

    /** Calls go together only as far as all of them fit in. */
    private List<byte[]> inputs(List<WaitingCall> group) {
        WaitingCall first = group.getFirst();
        return group.size() == 1
                ? firstOf(first.target(), first.inputs())
                : group.stream().flatMap(call -> call.inputs().stream()).toList();
    }

    private List<byte[]> firstOf(Target target, List<byte[]> inputs) {
        return inputs.subList(0, Math.min(pace.mostTogether(target), inputs.size()));
    }

    /** Lets the next ones go. */
    private void handOn() {
        lastTurn = System.nanoTime();
        lock.lock();
        try {
            WaitingCall first = queue.next();
            while (first != null && !leads(first)) {
                first = queue.next();
            }
            if (first == null) {
                underWay--;
            }
        } finally {
            lock.unlock();
        }
    }

    /** False when the call waits no more; those that would have gone with it go alone then. */
    private boolean leads(WaitingCall first) {
        List<WaitingCall> group = queue.together(first, pace.mostTogether(first.target()), sessions);
        boolean leads = first.lead(group);
        if (!leads) {
            group.stream().skip(1).forEach(call -> call.end(List.of(), 0));
        }
        return leads;
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
