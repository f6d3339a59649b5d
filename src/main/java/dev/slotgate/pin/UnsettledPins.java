package dev.slotgate.pin;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinLatch;
import dev.slotgate.hsm.PinState;
import dev.slotgate.hsm.Slot;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import dev.slotgate.hsm.SlotTokens;
import dev.slotgate.hsm.Slots;
import dev.slotgate.hsm.TokenIdentity;
import dev.slotgate.hsm.TokenPins;
import dev.slotgate.recurrence.Recurrence;
import dev.slotgate.recurrence.Recurring;
import dev.slotgate.state.PendingChange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Finds out what became of changes of PINs that were cut short. Most are settled by the next login; this is for the rest, as soon
 * as no call can be under way any more that would still make the change.
 */
@Component
class UnsettledPins implements Recurring {

    private static final Logger LOG = LoggerFactory.getLogger(UnsettledPins.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Slots slots;
    private final SlotTokens tokens;
    private final TokenPins pins;
    private final PinTable table;
    private final PinSeal seal;
    private final PlannedPins planned;
    private final PinLatch latch;
    private final TokenInitialisation initialisation;

    UnsettledPins(
            Slots slots,
            SlotTokens tokens,
            TokenPins pins,
            PinTable table,
            PinSeal seal,
            PlannedPins planned,
            PinLatch latch,
            TokenInitialisation initialisation) {
        this.slots = slots;
        this.tokens = tokens;
        this.pins = pins;
        this.table = table;
        this.seal = seal;
        this.planned = planned;
        this.latch = latch;
        this.initialisation = initialisation;
    }

    @Override
    public Recurrence recurrence() {
        return new Recurrence(this::settleAll, PAUSE);
    }

    void settleAll() {
        try {
            table.unsettled().forEach(token -> slotOf(token).ifPresent(slot -> settle(slot, token)));
        } catch (RuntimeException e) {
            LOG.warn("Which changes of PINs are open cannot be found out now: {}", HsmException.reason(e));
        }
    }

    private void settle(SlotId slot, TokenIdentity token) {
        for (PendingChange left : planned.leftBehind(token)) {
            var plan = new PlannedPin(token, left.id());
            List<StoredPin> kept = planned.of(plan);
            if (!kept.isEmpty() && kept.stream().allMatch(StoredPin::old)) {
                PlannedPins.Kind.of(left.kind()).ifPresent(kind -> settle(slot, plan, kind, kept));
            }
        }
    }

    private void settle(SlotId slot, PlannedPin plan, PlannedPins.Kind kind, List<StoredPin> kept) {
        try {
            switch (kind) {
                case CHANGE_USER_PIN, RESET_USER_PIN -> logIn(slot, plan);
                case CHANGE_SO_PIN -> askForSoPin(slot, plan, kept);
                case INIT_TOKEN -> initialise(slot, plan, kept);
            }
            if (planned.of(plan).isEmpty()) {
                LOG.info("Slot {}: {} that was cut short is settled", slot, kind.word());
            }
        } catch (RuntimeException e) {
            LOG.warn(
                    "Slot {}: {} that was cut short is not settled yet: {}", slot, kind.word(), HsmException.reason(e));
        }
    }

    /** The login settles it, unless the token refuses what it was to bring. Where none is risked, only the SO can settle it. */
    private void logIn(SlotId slot, PlannedPin plan) {
        if (!slots.get(slot).userPin().noneToSpare()) {
            pins.logInAnew(slot);
        }
        boolean refused = planned.of(plan).stream()
                .filter(stored -> stored.state() == StoredPin.State.PENDING)
                .anyMatch(stored -> isRefused(plan.token(), stored));
        if (refused) {
            planned.notMade(plan);
        }
    }

    private boolean isRefused(TokenIdentity token, StoredPin stored) {
        try (Pin pin = seal.open(token, stored)) {
            return latch.holds(token, pin);
        }
    }

    private void askForSoPin(SlotId slot, PlannedPin plan, List<StoredPin> kept) {
        try (Pin before = seal.open(plan.token(), kept.getFirst());
                Pin after = seal.open(plan.token(), kept.getLast())) {
            boolean changed = pins.isChanged(slot, before, after);
            LOG.info("Slot {}: the SO PIN {}", slot, changed ? "was changed" : "is what it was");
        } catch (HsmException e) {
            if (e.failure() != HsmFailure.PIN_INCORRECT) {
                throw e;
            }
            LOG.error("Slot {}: the token has neither the old SO PIN nor the new one of the change", slot);
        }
        planned.notMade(plan);
    }

    private void initialise(SlotId slot, PlannedPin plan, List<StoredPin> kept) {
        Slot now = slots.get(slot);
        if (now.state() == SlotState.UNINITIALIZED) {
            planned.notMade(plan);
        } else if (now.pinState() == PinState.NOT_INITIALIZED) {
            try (Pin soPin = seal.open(plan.token(), kept.getFirst());
                    Pin userPin = seal.open(plan.token(), kept.getLast())) {
                pins.resetUserPin(slot, soPin, userPin, false);
            } catch (HsmException e) {
                if (e.failure() != HsmFailure.PIN_INCORRECT) {
                    throw e;
                }
                LOG.error(
                        "Slot {}: the token was not initialised with the SO PIN of the call that was cut short", slot);
                planned.notMade(plan);
                return;
            }
            planned.made(plan);
            initialisation.done(plan.token());
        } else {
            logIn(slot, plan);
        }
    }

    private Optional<SlotId> slotOf(TokenIdentity token) {
        return slots.statuses().keySet().stream()
                .filter(slot -> isIn(slot, token))
                .findFirst();
    }

    private boolean isIn(SlotId slot, TokenIdentity token) {
        try {
            TokenIdentity there = tokens.of(slot);
            return there.module().equals(token.module()) && there.serial().equals(token.serial());
        } catch (HsmException e) {
            return false;
        }
    }
}
