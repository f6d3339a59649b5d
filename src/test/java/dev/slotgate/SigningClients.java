package dev.slotgate;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** HTTP clients that sign on one slot without a pause, and note what went wrong and how long they had to wait. */
final class SigningClients {

    private final Gateway callers;
    private final String path;
    private final String order;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger signatures = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile long longest;
    private volatile boolean stopped;

    private SigningClients(Gateway callers, PinToken token) {
        this.callers = callers;
        this.path = token.path("/sign");
        this.order = "{'key':'pins','algorithm':'%s','message':'AAAA'}".formatted(token.algorithm);
    }

    static SigningClients start(Gateway callers, PinToken token, int clients) {
        var all = new SigningClients(callers, token);
        for (int i = 0; i < clients; i++) {
            all.threads.add(Thread.ofPlatform().start(all::signUntilStopped));
        }
        return all;
    }

    void stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    int signatures() {
        return signatures.get();
    }

    /** What was answered in place of a signature. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** The longest that a client waited for a signature, in milliseconds. */
    long longestWaitMillis() {
        return longest / 1_000_000;
    }

    private void signUntilStopped() {
        while (!stopped) {
            long begun = System.nanoTime();
            try {
                Gateway.Answer answer = callers.post(path, order);
                if (answer.status() == 200) {
                    signatures.incrementAndGet();
                } else {
                    failures.add(answer.text());
                }
            } catch (Exception e) {
                failures.add(e.toString());
            }
            noteWait(System.nanoTime() - begun);
        }
    }

    private synchronized void noteWait(long nanos) {
        longest = Math.max(longest, nanos);
    }
}
