package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.SlotId;
import java.util.Map;
import org.springframework.stereotype.Service;

/** Changes what keys are called, what is noted of them, and whether they may be used. */
@Service
class KeyChanges {

    private final GrantedKeys granted;
    private final Keys keys;
    private final KeyMetadataStore store;
    private final KnownMetadata known;
    private final KeyListings listings;
    private final TokenChanges changes;

    KeyChanges(
            GrantedKeys granted,
            Keys keys,
            KeyMetadataStore store,
            KnownMetadata known,
            KeyListings listings,
            TokenChanges changes) {
        this.granted = granted;
        this.keys = keys;
        this.store = store;
        this.known = known;
        this.listings = listings;
        this.changes = changes;
    }

    /** Everything of the patch is looked at before any of it is done; the label comes first, since it may be refused. */
    KeyResponse patch(SlotId slot, String id, KeyPatch patch, KeyUser user) {
        Key key = granted.see(slot, id, user);
        KeyState state = patch.state();
        if (state != null && known.of(key).state() == KeyState.PENDING_DESTRUCTION) {
            throw HsmException.inField(
                    HsmFailure.KEY_DISABLED, "state", "state: this key is to be destroyed; take that back first");
        }
        patch.tagsOver(known.of(key).tags());
        String label = patch.label();
        if (label != null && !label.equals(key.label())) {
            key = keys.relabel(slot, key.id(), label);
            listings.changed(key);
            changes.made(key.token().serial());
        }
        return KeyResponse.of(key, patch.isOfLabelAlone() ? known.of(key) : note(key, patch));
    }

    private KeyMetadata note(Key key, KeyPatch patch) {
        return known.change(key, (serial, row, before) -> {
            Map<String, String> tags = patch.tagsOver(before.tags());
            if (tags != null) {
                store.setTags(serial, row, tags);
            }
            if (patch.state() != null) {
                store.setDisabled(serial, row, patch.state() == KeyState.DISABLED);
            }
        });
    }
}
