package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import dev.slotgate.hsm.SlotTokens;
import dev.slotgate.hsm.Slots;
import dev.slotgate.hsm.TokenIdentity;
import dev.slotgate.recurrence.Recurrence;
import dev.slotgate.recurrence.Recurring;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;

/** Destroys keys: at once, or after a delay in which they can be had back. */
@Service
class KeyDestruction implements Recurring {

    private static final Logger LOG = LoggerFactory.getLogger(KeyDestruction.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final GrantedKeys granted;
    private final Slots slots;
    private final SlotTokens tokens;
    private final Keys keys;
    private final KeyMetadataStore store;
    private final KnownMetadata known;
    private final PlannedKeys planned;
    private final KeyListings listings;
    private final Duration delay;
    private final InstantSource clock;

    KeyDestruction(
            GrantedKeys granted,
            Slots slots,
            SlotTokens tokens,
            Keys keys,
            KeyMetadataStore store,
            KnownMetadata known,
            PlannedKeys planned,
            KeyListings listings,
            KeySettings settings) {
        this.granted = granted;
        this.slots = slots;
        this.tokens = tokens;
        this.keys = keys;
        this.store = store;
        this.known = known;
        this.planned = planned;
        this.listings = listings;
        this.delay = settings.destroyDelay();
        this.clock = InstantSource.system();
    }

    /** @return the key that is yet to be destroyed; empty when it is gone */
    Optional<KeyResponse> destroy(SlotId slot, String id, KeyUser user) {
        Key key = granted.seeOrBack(slot, id, user);
        if (delay.isPositive()) {
            Instant when = clock.instant().plus(delay).truncatedTo(ChronoUnit.MILLIS);
            Instant before = known.of(key).destroyAt();
            return Optional.of(due(key, before == null ? when : before));
        }
        destroy(slot, tokens.of(slot), key.id());
        return Optional.empty();
    }

    KeyResponse restore(SlotId slot, String id, KeyUser user) {
        Key key = granted.see(slot, id, user);
        return KeyResponse.of(key, known.change(key, (serial, row, _) -> planned.restore(serial, row)));
    }

    @Override
    public Recurrence recurrence() {
        return new Recurrence(this::destroyThoseThatAreDue, PAUSE);
    }

    /** Those whose time has come, on slots that are ready. */
    void destroyThoseThatAreDue() {
        Map<String, List<KeyId>> due;
        try {
            due = store.toBeDestroyed(clock.instant());
        } catch (DataAccessException e) {
            LOG.warn("Which keys are due to be destroyed cannot be found out now: {}", HsmException.reason(e));
            return;
        }
        if (due.isEmpty()) {
            return;
        }
        slots.statuses().forEach((slot, status) -> {
            if (status.state() == SlotState.READY) {
                destroyThoseOf(slot, due);
            }
        });
    }

    private void destroyThoseOf(SlotId slot, Map<String, List<KeyId>> due) {
        try {
            TokenIdentity token = tokens.of(slot);
            due.getOrDefault(token.serial(), List.of()).forEach(key -> destroyDue(slot, token, key));
        } catch (RuntimeException e) {
            LOG.warn("Keys of slot {} whose time has come cannot be destroyed: {}", slot, HsmException.reason(e));
        }
    }

    /** One that cannot be destroyed keeps no other from it; one that another program has destroyed is gone as well. */
    private void destroyDue(SlotId slot, TokenIdentity token, KeyId key) {
        try {
            planned.destroyDue(token, key, clock.instant(), () -> destroyIfThere(keys, slot, key));
            listings.gone(slot, key);
        } catch (HsmException e) {
            LOG.warn("Key {} of slot {}, whose time has come, is not destroyed: {}", key, slot, e.getMessage());
        }
    }

    static void destroyIfThere(Keys keys, SlotId slot, KeyId key) {
        try {
            keys.destroy(slot, key);
        } catch (HsmException e) {
            if (e.failure() != HsmFailure.KEY_NOT_FOUND) {
                throw e;
            }
        }
    }

    private void destroy(SlotId slot, TokenIdentity token, KeyId key) {
        planned.destroy(token, key, () -> keys.destroy(slot, key));
        listings.gone(slot, key);
    }

    private KeyResponse due(Key key, Instant when) {
        return KeyResponse.of(key, known.change(key, (serial, row, _) -> store.setDestroyAt(serial, row, when)));
    }
}
