package dev.slotgate.key;

import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.TokenIdentity;
import dev.slotgate.state.PendingChange;
import dev.slotgate.state.PendingChanges;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What the database knows of generations under way. A key's metadata and its pending change come in one transaction, and a
 * key that is not made loses both in one: a row without a key harms nobody, a key without its row does.
 */
@Component
class PlannedKeys {

    private static final String KIND = "generate-key";

    private final KeyMetadataStore metadata;
    private final PendingChanges changes;
    private final TransactionOperations transaction;

    PlannedKeys(KeyMetadataStore metadata, PendingChanges changes, TransactionOperations transaction) {
        this.metadata = metadata;
        this.changes = changes;
        this.transaction = transaction;
    }

    /** Writes down that a key is about to be made. */
    PlannedKey plan(TokenIdentity token, KeyId key, KeyMetadata told) {
        String change = Objects.requireNonNull(transaction.execute(_ -> {
            metadata.add(token.serial(), key, told);
            return changes.open(token.module(), token.serial(), KIND, key.hex());
        }));
        return new PlannedKey(change, token.serial(), key);
    }

    void made(PlannedKey key) {
        changes.close(key.change());
    }

    void notMade(PlannedKey key) {
        transaction.executeWithoutResult(_ -> {
            metadata.remove(key.serial(), key.id());
            changes.close(key.change());
        });
    }

    /** Nobody knows whether the key was made. */
    void leaveOpen(PlannedKey key) {
        changes.leaveOpen(key.change());
    }

    /** The keys of a token of which it is still to be found out. */
    List<PlannedKey> unsettled(TokenIdentity token) {
        return changes.unsettled(token.module(), token.serial()).stream()
                .filter(change -> change.kind().equals(KIND))
                .map(change -> planned(change, token))
                .toList();
    }

    private static PlannedKey planned(PendingChange change, TokenIdentity token) {
        return new PlannedKey(change.id(), token.serial(), new KeyId(Objects.requireNonNull(change.key())));
    }
}
