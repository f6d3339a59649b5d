package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.SlotId;
import java.util.List;
import org.springframework.stereotype.Service;

/** Says who may use a key. */
@Service
class Grants {

    private final GrantedKeys granted;
    private final KeyMetadataStore store;
    private final KnownMetadata known;

    Grants(GrantedKeys granted, KeyMetadataStore store, KnownMetadata known) {
        this.granted = granted;
        this.store = store;
        this.known = known;
    }

    List<Grant> of(SlotId slot, String id, KeyUser user) {
        return known.of(granted.see(slot, id, user)).grants();
    }

    /** Whoever grants gains nothing by it: what it was granted by somebody else it may leave as it is. */
    List<Grant> put(SlotId slot, String id, List<Grant> grants, KeyUser user) {
        Key key = granted.see(slot, id, user);
        return known.change(key, (serial, row, before) -> {
                    refuseOwn(grants, before.grants(), user);
                    store.setGrants(serial, row, grants);
                })
                .grants();
    }

    private static void refuseOwn(List<Grant> grants, List<Grant> before, KeyUser user) {
        if (grants.stream().anyMatch(grant -> grant.isTo(user) && !before.contains(grant))) {
            throw HsmException.inField(
                    HsmFailure.SELF_GRANT, "grants", "grants: nobody grants a key to itself, nor to its own client");
        }
    }
}
