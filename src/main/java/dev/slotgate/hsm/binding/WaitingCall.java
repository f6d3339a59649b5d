package dev.slotgate.hsm.binding;

import dev.slotgate.hsm.TimeLimits;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A call that waits in a {@link SigningLane}: for one signature, or for several with the same key. */
final class WaitingCall {

    private final SigningLane.Target target;
    private final List<byte[]> inputs;
    private final CompletableFuture<@Nullable List<WaitingCall>> turn = new CompletableFuture<>();
    private volatile List<byte[]> signatures = List.of();

    WaitingCall(SigningLane.Target target, List<byte[]> inputs) {
        this.target = target;
        this.inputs = inputs;
    }

    SigningLane.Target target() {
        return target;
    }

    List<byte[]> inputs() {
        return inputs;
    }

    /** What another call had made for this one, of the first inputs; none when all are to be made. */
    List<byte[]> signatures() {
        return signatures;
    }

    boolean isOver() {
        return turn.isDone();
    }

    /** False when it waits no more. */
    boolean lead(List<WaitingCall> group) {
        return turn.complete(group);
    }

    /**
     * Ends the wait of a call that another one led. It goes alone when nothing was made for it.
     *
     * @param made for the calls of the group
     * @param from where its own part begins
     */
    void end(List<byte[]> made, int from) {
        int size = made.size();
        signatures = made.subList(Math.min(from, size), Math.min(from + inputs.size(), size));
        turn.complete(signatures.isEmpty() ? null : List.of(this));
    }

    /** Those to sign for, this one first, or itself alone when it is signed for; null at the end of the wait, or when that failed. */
    @Nullable
    List<WaitingCall> await(LongSupplier end) {
        TimeLimits.set(turn, end);
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
