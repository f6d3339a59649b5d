package dev.slotgate.hsm.worker;

import dev.slotgate.hsm.pkcs11.CallThread;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads that serve a worker's calls, and make the native calls themselves. A call goes to the one that was idle last,
 * which the processor still knows; idle threads sleep and do not spin, since the cores are for signatures.
 */
final class CallThreads implements Executor {

    /** More than that wait for sessions anyway, on threads that cost nothing. */
    private static final int MAX = 128;

    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final ConcurrentLinkedDeque<Server> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger threads = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();

    @Override
    public void execute(Runnable call) {
        running.incrementAndGet();
        Server server = idle.pollFirst();
        if (server != null) {
            server.give(call);
        } else if (threads.incrementAndGet() <= MAX) {
            new CallThread(new Server(call)).start();
        } else {
            threads.decrementAndGet();
            Thread.startVirtualThread(() -> serve(call));
        }
    }

    /** Waits for the calls that run, when no more come. */
    void awaitEnd(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (running.get() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void serve(Runnable call) {
        try {
            call.run();
        } finally {
            running.decrementAndGet();
        }
    }

    /** One thread, and the call that it is given. */
    private final class Server implements Runnable {

        private volatile @Nullable Runnable call;
        private volatile @Nullable Thread thread;

        Server(Runnable first) {
            call = first;
        }

        void give(Runnable next) {
            call = next;
            LockSupport.unpark(thread);
        }

        @Override
        public void run() {
            thread = Thread.currentThread();
            try {
                for (Runnable mine = call; mine != null; mine = next()) {
                    call = null;
                    serve(mine);
                }
            } finally {
                threads.decrementAndGet();
            }
        }

        /** Null when none came for long; whoever was taken from among the idle gets one for sure. */
        private @Nullable Runnable next() {
            idle.addFirst(this);
            long end = System.nanoTime() + IDLE.toNanos();
            Runnable given = call;
            while (given == null) {
                long left = end - System.nanoTime();
                if (left <= 0 && idle.remove(this)) {
                    return null;
                }
                LockSupport.parkNanos(this, Math.max(left, PAUSE.toNanos()));
                given = call;
            }
            return given;
        }
    }
}
