package dev.slotgate.key;

import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotWatcher;
import dev.slotgate.hsm.TokenIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The keys of each slot. A token with thousands of them takes seconds to tell them all: see {@link Seen}. */
@Component
class KeyListings implements SlotWatcher {

    /** A token tells some hundreds of keys in this time. */
    private static final Duration QUICK = Duration.ofMillis(200);

    private final Keys keys;
    private final Map<SlotId, Seen<KeyId, List<Key>>> slots = new ConcurrentHashMap<>();

    KeyListings(Keys keys) {
        this.keys = keys;
    }

    /** Every key by id; those that share one stand together. */
    List<Key> of(SlotId slot) {
        var all = new ArrayList<Key>();
        seen(slot).now().values().forEach(all::addAll);
        return all;
    }

    /** The key was made, or changed. */
    void changed(Key key) {
        seen(key.slot()).put(key.id(), List.of(key));
    }

    /** The key was destroyed. */
    void gone(SlotId slot, KeyId key) {
        seen(slot).remove(key);
    }

    /** What was left of it is settled. */
    void forget(SlotId slot) {
        slots.remove(slot);
    }

    void forgetAll() {
        slots.clear();
    }

    /** It may be another token that came, or one that others have used meanwhile. */
    @Override
    public void becameReady(SlotId slot, TokenIdentity token) {
        forget(slot);
    }

    private Seen<KeyId, List<Key>> seen(SlotId slot) {
        return slots.computeIfAbsent(slot, _ -> new Seen<>(() -> byId(keys.list(slot)), QUICK));
    }

    private static Map<KeyId, List<Key>> byId(List<Key> keys) {
        var byId = new TreeMap<KeyId, List<Key>>();
        keys.forEach(
                key -> byId.computeIfAbsent(key.id(), _ -> new ArrayList<>(1)).add(key));
        return byId;
    }
}
