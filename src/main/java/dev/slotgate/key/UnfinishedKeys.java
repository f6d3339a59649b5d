package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import dev.slotgate.hsm.SlotTokens;
import dev.slotgate.hsm.SlotWatcher;
import dev.slotgate.hsm.Slots;
import dev.slotgate.hsm.TokenIdentity;
import dev.slotgate.recurrence.Recurrence;
import dev.slotgate.recurrence.Recurring;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Brings changes of keys that were cut short to an end: as soon as their slot is ready, and now and then after. */
@Component
class UnfinishedKeys implements SlotWatcher, Recurring {

    private static final Logger LOG = LoggerFactory.getLogger(UnfinishedKeys.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Slots slots;
    private final SlotTokens tokens;
    private final Keys keys;
    private final PlannedKeys planned;
    private final KeyRotation rotation;
    private final KeyListings listings;

    UnfinishedKeys(
            Slots slots,
            SlotTokens tokens,
            Keys keys,
            PlannedKeys planned,
            KeyRotation rotation,
            KeyListings listings) {
        this.slots = slots;
        this.tokens = tokens;
        this.keys = keys;
        this.planned = planned;
        this.rotation = rotation;
        this.listings = listings;
    }

    @Override
    public void becameReady(SlotId slot, TokenIdentity token) {
        try {
            planned.unsettled(token).forEach(key -> settle(slot, key));
        } catch (RuntimeException e) {
            LOG.warn(
                    "Whether keys of slot {} are unfinished cannot be found out now: {}", slot, HsmException.reason(e));
        }
    }

    @Override
    public Recurrence recurrence() {
        return new Recurrence(this::settleThoseOfReadySlots, PAUSE);
    }

    /** For those that become due while their slot stays ready. */
    void settleThoseOfReadySlots() {
        slots.statuses().forEach((slot, status) -> {
            if (status.state() == SlotState.READY) {
                becameReady(slot, tokens.of(slot));
            }
        });
    }

    private void settle(SlotId slot, PlannedKey key) {
        try {
            KeyClass whole = key.plan().made();
            boolean there = whole == null ? destroyed(slot, key) : made(slot, key, whole);
            listings.forget(slot);
            LOG.info("Key {} on slot {} was left unfinished: it is {}.", key.id(), slot, there ? "there" : "gone");
        } catch (RuntimeException e) {
            LOG.warn("Unfinished key {} on slot {} is not settled yet: {}", key.id(), slot, HsmException.reason(e));
        }
    }

    /** @return whether it is there, whole */
    private boolean made(SlotId slot, PlannedKey key, KeyClass whole) {
        if (!keys.settle(slot, key.id(), whole)) {
            planned.notMade(key);
            return false;
        }
        if (key.plan().rotates() && !finished(slot, key)) {
            planned.notMade(key);
            return false;
        }
        planned.done(key);
        return true;
    }

    /** A next version for which there is no label any more, or no version before it, is none. */
    private boolean finished(SlotId slot, PlannedKey key) {
        try {
            rotation.finish(slot, key.id());
            return true;
        } catch (HsmException e) {
            if (e.failure() != HsmFailure.LABEL_IN_USE && e.failure() != HsmFailure.KEY_NOT_FOUND) {
                throw e;
            }
            keys.destroy(slot, key.id());
            return false;
        }
    }

    /** It was to be destroyed, and part of it may be. @return that it is not there any more */
    private boolean destroyed(SlotId slot, PlannedKey key) {
        KeyDestruction.destroyIfThere(keys, slot, key.id());
        planned.done(key);
        return false;
    }
}
