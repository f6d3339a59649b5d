package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotTokens;
import dev.slotgate.hsm.Slots;
import dev.slotgate.recurrence.Recurrence;
import dev.slotgate.recurrence.Recurring;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Has keys looked up anew that another instance has relabelled or destroyed: it is asked for once a second. */
@Component
class ChangesElsewhere implements Recurring {

    private static final Logger LOG = LoggerFactory.getLogger(ChangesElsewhere.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final TokenChanges changes;
    private final Slots slots;
    private final SlotTokens tokens;
    private final Keys keys;
    private final KeyListings listings;
    private final Map<SlotId, Long> seen = new HashMap<>();
    private Map<String, Long> seenByAll = Map.of();

    ChangesElsewhere(TokenChanges changes, Slots slots, SlotTokens tokens, Keys keys, KeyListings listings) {
        this.changes = changes;
        this.slots = slots;
        this.tokens = tokens;
        this.keys = keys;
        this.listings = listings;
    }

    @Override
    public Recurrence recurrence() {
        return new Recurrence(this::look, PAUSE);
    }

    void look() {
        try {
            Map<String, Long> now = changes.madeElsewhere();
            if (now.equals(seenByAll)) {
                return;
            }
            long behind = slots.ids().stream().filter(slot -> !sees(slot, now)).count();
            if (behind == 0) {
                seenByAll = now;
            }
        } catch (DataAccessException e) {
            LOG.debug("Whether other instances have changed keys cannot be found out now: {}", e.toString());
        }
    }

    /** @return false when it has to be told once more */
    private boolean sees(SlotId slot, Map<String, Long> now) {
        try {
            Long count = now.get(tokens.of(slot).serial());
            if (count != null && !count.equals(seen.get(slot))) {
                keys.lookAnew(slot);
                listings.forget(slot);
                seen.put(slot, count);
            }
            return true;
        } catch (HsmException e) {
            LOG.debug("Slot {} cannot be told that its keys have changed: {}", slot, e.getMessage());
            return false;
        }
    }
}
