package dev.slotgate.hsm.binding;

import dev.slotgate.hsm.TimeLimits;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A call that waits in a {@link SigningLane}. */
final class WaitingCall {

    private final SigningLane.Target target;
    private final byte[] input;
    private final CompletableFuture<@Nullable List<WaitingCall>> turn = new CompletableFuture<>();
    private volatile byte @Nullable [] signature;

    WaitingCall(SigningLane.Target target, byte[] input) {
        this.target = target;
        this.input = input;
    }

    SigningLane.Target target() {
        return target;
    }

    byte[] input() {
        return input;
    }

    /** What another call had made for this one; null when it is to be made. */
    byte @Nullable [] signature() {
        return signature;
    }

    /** False when it waits no more. */
    boolean lead(List<WaitingCall> group) {
        return turn.complete(group);
    }

    /** @param made null when it is to go alone */
    void end(byte @Nullable [] made) {
        signature = made;
        turn.complete(made == null ? null : List.of(this));
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
