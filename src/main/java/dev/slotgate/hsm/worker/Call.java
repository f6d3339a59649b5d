package dev.slotgate.hsm.worker;

import dev.slotgate.hsm.TimeLimits;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A call that waits for its answer. What came is decoded by the one who waits, so that nobody else waits for that. */
final class Call {

    private final CompletableFuture<Optional<Arrived>> arrival = new CompletableFuture<>();

    /** False when nobody waits for it any more. */
    boolean answer(Arrived answer) {
        return arrival.complete(Optional.of(answer));
    }

    /** No answer will come. */
    void abandon() {
        arrival.complete(Optional.empty());
    }

    /**
     * Waits for the answer or the failure.
     *
     * @return empty when none will come
     * @throws AnswerLate when none came in time
     */
    Optional<Arrived> await(Duration patience) {
        TimeLimits.set(arrival, patience);
        try {
            return arrival.get();
        } catch (CancellationException e) {
            throw new AnswerLate("The token did not answer within the slot's deadline.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            if (arrival.cancel(false)) {
                throw new AnswerLate("The wait for the token was interrupted.");
            }
            return arrival.join();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a call ends with an answer or without", e);
        }
    }
}
