package dev.slotgate.hsm.worker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.SlotId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Answers from memory what may be answered from memory ({@link dev.slotgate.hsm.FromMemory}), for a moment: else each use of
 * a key would cost two calls of a worker. What changes a token, and what fails for another reason
 * than that the slot is busy, ends the memory of its slot.
 */
final class FoundKeys implements PortOperations.Caller {

    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final int MOST = 100_000;

    private final PortOperations.Caller calls;
    private final Map<SlotId, Integer> changes = new ConcurrentHashMap<>();
    private final Map<Asked, CompletableFuture<Optional<Object>>> underWay = new ConcurrentHashMap<>();
    private final Cache<Asked, Object> found =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(MOMENT).build();

    FoundKeys(PortOperations.Caller calls) {
        this.calls = calls;
    }

    @Override
    public @Nullable Object call(PortCall call, @Nullable Object[] arguments) {
        var slot = (SlotId) Objects.requireNonNull(arguments[0]);
        if (call.fromMemory()) {
            return remembered(call, slot, arguments);
        }
        boolean mayHaveChanged = true;
        try {
            Object answer = calls.call(call, arguments);
            mayHaveChanged = call.changesToken();
            return answer;
        } catch (HsmException e) {
            // Then the token was not even asked; and those who come while a slot is busy are many.
            mayHaveChanged = call.changesToken() || e.failure() != HsmFailure.SLOT_BUSY;
            throw e;
        } finally {
            if (mayHaveChanged) {
                changes.merge(slot, 1, Integer::sum);
            }
        }
    }

    /** What was asked before a change and is answered after it is found by nobody: the number of changes is a part of the key. */
    private @Nullable Object remembered(PortCall call, SlotId slot, @Nullable Object[] arguments) {
        var asked = new Asked(call.operation().code(), List.of(arguments), changes.getOrDefault(slot, 0));
        Object known = found.getIfPresent(asked);
        return known != null ? known : askedOnce(asked, call, arguments);
    }

    /** All who use a key ask for it in the moment that the memory of it ends: one call answers them. */
    private @Nullable Object askedOnce(Asked asked, PortCall call, @Nullable Object[] arguments) {
        var mine = new CompletableFuture<Optional<Object>>();
        CompletableFuture<Optional<Object>> others = underWay.putIfAbsent(asked, mine);
        if (others != null) {
            // It ends by the deadline of its call. Whoever asks after what failed, fails by himself.
            Optional<Object> answer = others.join();
            return answer.isPresent() ? answer.get() : calls.call(call, arguments);
        }
        try {
            Object answer = calls.call(call, arguments);
            if (answer != null) {
                found.put(asked, answer);
                mine.complete(Optional.of(answer));
            }
            return answer;
        } finally {
            underWay.remove(asked, mine);
            mine.complete(Optional.empty());
        }
    }

    private record Asked(int operation, List<@Nullable Object> arguments, int changes) {}
}
