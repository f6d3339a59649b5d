package dev.slotgate.remote;

import dev.slotgate.hsm.PinFlags;
import dev.slotgate.hsm.PinState;
import dev.slotgate.hsm.Slot;
import dev.slotgate.hsm.SlotState;
import dev.slotgate.hsm.SlotStatus;
import dev.slotgate.hsm.Slots;
import dev.slotgate.remote.wire.Padded;
import dev.slotgate.remote.wire.Sized;
import dev.slotgate.remote.wire.Version;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What is to be known of slots and tokens (PKCS#11 2.40 section 5.5). */
@Component
class SlotCalls implements Call.Family {

    private static final long TOKEN_PRESENT = 0x1;
    private static final long HARDWARE_SLOT = 0x4;

    private static final long RNG = 0x1;
    private static final long LOGIN_REQUIRED = 0x4;
    private static final long USER_PIN_INITIALIZED = 0x8;
    private static final long TOKEN_INITIALIZED = 0x400;
    private static final int OF_USER = 16;
    private static final int OF_SO = 20;
    private static final long USER_PIN_TO_BE_CHANGED = 0x80000;

    private final Slots slots;

    SlotCalls(Slots slots) {
        this.slots = slots;
    }

    @Override
    public List<Call> calls() {
        return List.of(
                Call.toAll(4, "C_GetSlotList", "yfu", "au", Rule.SLOTS_READ, this::list),
                Call.onSlot(5, "C_GetSlotInfo", "u", "ssuvv", Rule.SLOTS_READ, this::slot),
                Call.onSlot(6, "C_GetTokenInfo", "u", "ssssuuuuuuuuuuuvvs", Rule.SLOTS_READ, this::token));
    }

    private List<Object> list(CallContext call) {
        boolean present = call.arguments().octet(0) != 0;
        List<Long> ids = slots.statuses().entrySet().stream()
                .filter(entry ->
                        call.application().caller().mayUse(entry.getKey().value()))
                .filter(entry -> !present || hasToken(entry.getValue().state()))
                .map(Map.Entry::getKey)
                .map(id -> (long) id.value())
                .toList();
        return List.of(Sized.of(ids, call.arguments().room(1)));
    }

    private List<Object> slot(CallContext call) {
        SlotStatus status = slots.statuses().get(call.slot());
        boolean there = status != null && hasToken(status.state());
        return List.of(
                new Padded("Slotgate slot " + call.slot(), 64),
                new Padded("Slotgate", 32),
                HARDWARE_SLOT | (there ? TOKEN_PRESENT : 0),
                new Version(0, 0),
                new Version(0, 0));
    }

    private List<Object> token(CallContext call) {
        Slot slot = slots.get(call.slot());
        if (!hasToken(slot.state())) {
            throw new CallRefused(ReturnCode.TOKEN_NOT_PRESENT);
        }
        List<RemoteSession> open = call.application().sessionsOf(call.slot());
        long readWrite = open.stream().filter(RemoteSession::readWrite).count();
        return List.of(
                new Padded(slot.label().strip(), 32),
                new Padded(slot.manufacturer(), 32),
                new Padded(slot.model(), 16),
                new Padded(slot.serial(), 16),
                flags(slot),
                0L,
                (long) open.size(),
                0L,
                readWrite,
                slot.maxPinLength(),
                slot.minPinLength(),
                Cryptoki.UNAVAILABLE,
                Cryptoki.UNAVAILABLE,
                Cryptoki.UNAVAILABLE,
                Cryptoki.UNAVAILABLE,
                version(slot.hardwareVersion()),
                version(slot.firmwareVersion()),
                new Padded("", 16));
    }

    private static boolean hasToken(SlotState state) {
        return state != SlotState.ABSENT;
    }

    private static long flags(Slot slot) {
        long flags = RNG | LOGIN_REQUIRED;
        if (slot.state() != SlotState.UNINITIALIZED) {
            flags |= TOKEN_INITIALIZED;
        }
        if (slot.pinState() != PinState.NOT_INITIALIZED && slot.state() != SlotState.UNINITIALIZED) {
            flags |= USER_PIN_INITIALIZED;
        }
        if (slot.pinState() == PinState.TO_BE_CHANGED) {
            flags |= USER_PIN_TO_BE_CHANGED;
        }
        return flags | tries(slot.userPin(), OF_USER) | tries(slot.soPin(), OF_SO);
    }

    /** CKF_…_PIN_COUNT_LOW, _FINAL_TRY and _LOCKED, from this bit on. */
    private static long tries(PinFlags pin, int bit) {
        return (pin.countLow() ? 1L << bit : 0) | (pin.finalTry() ? 2L << bit : 0) | (pin.locked() ? 4L << bit : 0);
    }

    private static Version version(String text) {
        String[] parts = text.split("\\.", 2);
        try {
            return new Version(Integer.parseInt(parts[0]), parts.length < 2 ? 0 : Integer.parseInt(parts[1]));
        } catch (NumberFormatException e) {
            return new Version(0, 0);
        }
    }
}
