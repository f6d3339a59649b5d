package dev.slotgate.remote;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all connections of one caller have here together, in bytes. What a connection keeps between its calls is
 * refused when there is no room for it; a large request waits until others have been answered.
 */
final class Allowance {

    /** Some long messages and many small objects; a client is not to keep its data here. */
    static final int MOST_KEPT = 8 << 20;

    private static final int MOST_OF_REQUESTS = 4 << 20;

    /** As many connections as a caller may have can send such requests at once. */
    private static final int SMALL = 16 << 10;

    private final AtomicLong kept = new AtomicLong();
    private final Semaphore requests = new Semaphore(MOST_OF_REQUESTS, true);

    /** Makes room for what stays after the call. @throws CallRefused DEVICE_MEMORY when there is none */
    void keep(long bytes) {
        if (kept.addAndGet(bytes) > MOST_KEPT) {
            kept.addAndGet(-bytes);
            throw new CallRefused(ReturnCode.DEVICE_MEMORY);
        }
    }

    void giveBack(long bytes) {
        kept.addAndGet(-bytes);
    }

    long kept() {
        return kept.get();
    }

    Request request() {
        return new Request();
    }

    /** The room for one request, from its header on until it is answered. */
    final class Request implements AutoCloseable {

        private int taken;

        /** Waits for room for a request of so many bytes. */
        void await(int bytes) {
            if (bytes > SMALL) {
                requests.acquireUninterruptibly(bytes);
                taken = bytes;
            }
        }

        @Override
        public void close() {
            if (taken > 0) {
                requests.release(taken);
            }
        }
    }
}
