package dev.slotgate.pin;

import dev.slotgate.hsm.Hash;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.SlotId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * How many wrong PINs are taken: five of a caller and ten on a slot in a quarter of an hour. That spares the count of the token,
 * and stands in for it where a token does not count. Right PINs cost nothing; but as many calls at once as wrong ones are left
 * wait for one another, since each of them may turn out wrong.
 */
@Component
class PinAttempts {

    private static final int OF_CALLER = 5;
    private static final int ON_SLOT = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final WrongPins wrong;
    private final Map<Object, Integer> underWay = new HashMap<>();

    PinAttempts(WrongPins wrong) {
        this.wrong = wrong;
    }

    /**
     * Does work that judges a PIN of a request.
     *
     * @param caller who calls, as the access token says
     * @throws HsmException TOO_MANY_ATTEMPTS before anything is done
     */
    <T> T limited(String caller, SlotId slot, Supplier<T> work) {
        String who = digest(caller);
        begin(who, slot);
        try {
            return work.get();
        } catch (HsmException e) {
            if (e.failure() == HsmFailure.PIN_INCORRECT) {
                wrong.add(who, slot.value());
            }
            throw e;
        } finally {
            end(who, slot);
        }
    }

    private synchronized void begin(String who, SlotId slot) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!isFree(who, slot)) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw new HsmException(HsmFailure.SLOT_BUSY, "Other attempts with PINs did not end in time.");
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HsmException(HsmFailure.SLOT_BUSY, "The wait for other attempts was interrupted.");
        }
        underWay.merge(who, 1, Integer::sum);
        underWay.merge(slot, 1, Integer::sum);
    }

    private boolean isFree(String who, SlotId slot) {
        int ofCaller = left(wrong.by(who), OF_CALLER);
        int onSlot = left(wrong.on(slot.value()), ON_SLOT);
        return underWay.getOrDefault(who, 0) < ofCaller && underWay.getOrDefault(slot, 0) < onSlot;
    }

    private static int left(WrongPins.Count count, int limit) {
        if (count.number() >= limit) {
            throw HsmException.tooManyAttempts(count.oneLess());
        }
        return limit - count.number();
    }

    private synchronized void end(String who, SlotId slot) {
        underWay.computeIfPresent(who, (_, count) -> count == 1 ? null : count - 1);
        underWay.computeIfPresent(slot, (_, count) -> count == 1 ? null : count - 1);
        notifyAll();
    }

    /** Names of callers are of any length. */
    private static String digest(String caller) {
        return HexFormat.of().formatHex(Hash.SHA_256.digest(caller.getBytes(StandardCharsets.UTF_8)));
    }
}
