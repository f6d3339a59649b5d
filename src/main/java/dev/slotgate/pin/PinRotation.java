package dev.slotgate.pin;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotTokens;
import dev.slotgate.recurrence.Recurrence;
import dev.slotgate.recurrence.Recurring;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Rotates the user PINs of the slots that are configured so, when they are old enough. */
@Component
class PinRotation implements Recurring {

    private static final Logger LOG = LoggerFactory.getLogger(PinRotation.class);
    private static final Duration PAUSE = Duration.ofSeconds(60);

    private final List<PinSettings.Slot> rotated;
    private final SlotTokens tokens;
    private final PinTable table;
    private final PinChanger changer;

    PinRotation(PinSettings settings, SlotTokens tokens, PinTable table, PinChanger changer) {
        this.rotated = settings.slots().stream()
                .filter(slot -> slot.pinRotation() != null)
                .toList();
        this.tokens = tokens;
        this.table = table;
        this.changer = changer;
    }

    @Override
    public Recurrence recurrence() {
        return new Recurrence(this::rotateThoseThatAreDue, PAUSE);
    }

    void rotateThoseThatAreDue() {
        rotated.forEach(slot -> rotateWhenDue(
                new SlotId(Objects.requireNonNull(slot.id())), Objects.requireNonNull(slot.pinRotation())));
    }

    private void rotateWhenDue(SlotId slot, Duration period) {
        try {
            boolean due = table.since(tokens.of(slot))
                    .filter(since -> since.plus(period).isBefore(Instant.now()))
                    .isPresent();
            if (due) {
                changer.rotateUserPin(slot);
                LOG.info("Slot {}: the user PIN was rotated", slot);
            }
        } catch (HsmException | DataAccessException e) {
            LOG.warn("Slot {}: the user PIN is due and could not be rotated: {}", slot, HsmException.reason(e));
        }
    }
}
