package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.SlotId;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Says who may use a key. */
@Service
class Grants {

    private final GrantedKeys granted;
    private final KeyMetadataStore store;
    private final KnownMetadata known;
    private final TransactionOperations transaction;

    Grants(GrantedKeys granted, KeyMetadataStore store, KnownMetadata known, TransactionOperations transaction) {
        this.granted = granted;
        this.store = store;
        this.known = known;
        this.transaction = transaction;
    }

    List<Grant> of(SlotId slot, String id, KeyUser user) {
        return known.of(granted.see(slot, id, user)).grants();
    }

    /** Whoever grants gains nothing by it: what it was granted by somebody else it may leave as it is. */
    List<Grant> put(SlotId slot, String id, List<Grant> grants, KeyUser user) {
        Key key = granted.see(slot, id, user);
        return known.change(
                        key,
                        (serial, row) -> transaction.executeWithoutResult(_ -> {
                            refuseOwn(grants, store.findLocked(serial, row).grants(), user);
                            store.setGrants(serial, row, grants);
                        }))
                .grants();
    }

    /** @param before as they are in the database, where another may have taken one away a moment ago */
    private static void refuseOwn(List<Grant> grants, List<Grant> before, KeyUser user) {
        if (grants.stream().anyMatch(grant -> grant.isTo(user) && !before.contains(grant))) {
            throw HsmException.inField(
                    HsmFailure.SELF_GRANT, "grants", "grants: nobody grants a key to itself, nor to its own client");
        }
    }
}
