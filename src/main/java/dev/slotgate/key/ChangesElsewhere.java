package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotTokens;
import dev.slotgate.hsm.Slots;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Has keys looked up anew that another instance has relabelled or destroyed: it is asked for once a second. */
@Component
class ChangesElsewhere {

    private static final Logger LOG = LoggerFactory.getLogger(ChangesElsewhere.class);
    private static final int EVERY_SECONDS = 1;

    private final TokenChanges changes;
    private final Slots slots;
    private final SlotTokens tokens;
    private final Keys keys;
    private final KeyListings listings;
    private Map<String, Long> seen = Map.of();

    ChangesElsewhere(TokenChanges changes, Slots slots, SlotTokens tokens, Keys keys, KeyListings listings) {
        this.changes = changes;
        this.slots = slots;
        this.tokens = tokens;
        this.keys = keys;
        this.listings = listings;
    }

    /** What was there at the first look needs none: nothing is remembered from before. */
    @Scheduled(initialDelay = EVERY_SECONDS, fixedDelay = EVERY_SECONDS, timeUnit = TimeUnit.SECONDS)
    void look() {
        Map<String, Long> now = changes.madeElsewhere();
        Set<String> changed = now.entrySet().stream()
                .filter(token -> !token.getValue().equals(seen.get(token.getKey())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        if (!changed.isEmpty()) {
            slots.ids().forEach(slot -> lookAnew(slot, changed));
        }
        seen = now;
    }

    private void lookAnew(SlotId slot, Set<String> changed) {
        try {
            if (changed.contains(tokens.of(slot).serial())) {
                keys.lookAnew(slot);
                listings.forget(slot);
            }
        } catch (HsmException e) {
            LOG.debug("Slot {} cannot be told that its keys have changed: {}", slot, e.getMessage());
        }
    }
}
