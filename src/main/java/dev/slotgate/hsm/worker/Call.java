package dev.slotgate.hsm.worker;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A call that waits for its answer. What came is decoded by the one who waits, so that nobody else waits for that. */
final class Call {

    private final CompletableFuture<Arrived> arrival = new CompletableFuture<>();

    /** False when nobody waits for it any more. */
    boolean answer(Arrived answer) {
        return arrival.complete(answer);
    }

    /** No answer will come. */
    void abandon() {
        arrival.cancel(false);
    }

    /**
     * Waits for the answer or the failure.
     *
     * @throws CancellationException when none will come
     * @throws AnswerLate when none came in time
     */
    Arrived await(Duration patience) {
        try {
            return arrival.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return lastMoment("The token did not answer within the slot's deadline.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return lastMoment("The wait for the token was interrupted.");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a call ends with an answer or without", e);
        }
    }

    /** The answer that came just now, if one did. */
    private Arrived lastMoment(String message) {
        if (arrival.cancel(false)) {
            throw new AnswerLate(message);
        }
        return arrival.join();
    }
}
