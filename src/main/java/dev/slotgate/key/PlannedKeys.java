package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.TokenIdentity;
import dev.slotgate.hsm.WrittenChange;
import dev.slotgate.state.PendingChange;
import dev.slotgate.state.PendingChanges;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What the database knows of changes of keys under way. A key's metadata and its pending change come in one transaction, and
 * a key that is not made loses both in one: a row without a key harms nobody, a key without its row does.
 */
@Component
class PlannedKeys {

    private final KeyMetadataStore metadata;
    private final KeyVersionStore versions;
    private final KnownMetadata known;
    private final PendingChanges changes;
    private final TokenChanges others;
    private final TransactionOperations transaction;

    PlannedKeys(
            KeyMetadataStore metadata,
            KeyVersionStore versions,
            KnownMetadata known,
            PendingChanges changes,
            TokenChanges others,
            TransactionOperations transaction) {
        this.metadata = metadata;
        this.versions = versions;
        this.others = others;
        this.known = known;
        this.changes = changes;
        this.transaction = transaction;
    }

    /** Makes a key so that none is ever there unknown. */
    <T> T make(TokenIdentity token, KeyPlan plan, KeyId key, KeyMetadata told, Supplier<T> making) {
        KeyId previous = plan.rotates() ? told.version().previous() : null;
        if (previous != null) {
            metadata.addIfAbsent(token.serial(), previous);
        }
        PlannedKey planned = planned(token, plan, key, () -> {
            // The tombstone of a key of the same call that was destroyed since, above all.
            metadata.removeLeftover(token.serial(), key);
            if (previous != null) {
                claim(token.serial(), previous);
            }
            addNew(token.serial(), key, told);
        });
        known.changed(token.serial(), key);
        return written(planned, () -> notMade(planned)).make(making);
    }

    /** Somebody else, at another instance perhaps, may be making a key of the same id. */
    private void addNew(String serial, KeyId key, KeyMetadata told) {
        try {
            metadata.add(serial, key, told);
        } catch (DuplicateKeyException e) {
            throw new HsmException(HsmFailure.SLOT_BUSY, "A key of the same id is being made, or was made just now.");
        }
    }

    /** A key is followed by one key only, whoever rotates it where, and however the rotation ends. */
    private void claim(String serial, KeyId previous) {
        metadata.findLocked(serial, previous);
        versions.next(serial, previous).ifPresent(next -> {
            throw changes.isOpen(serial, next.hex())
                    ? new HsmException(
                            HsmFailure.SLOT_BUSY,
                            "A rotation of this key is under way, or what became of it is not known yet.")
                    : KeyVersion.rotatedTo(next);
        });
    }

    /** Destroys a key so that none is ever left half. */
    void destroy(TokenIdentity token, KeyId key, Runnable destroying) {
        destroy(token, key, () -> {}, destroying);
    }

    /** Destroys a key whose time has come, unless it was restored since that was found out. */
    void destroyDue(TokenIdentity token, KeyId key, Instant now, Runnable destroying) {
        Runnable first = () -> {
            Instant due = metadata.findLocked(token.serial(), key).destroyAt();
            if (due == null || due.isAfter(now)) {
                throw new HsmException(HsmFailure.KEY_CHANGED, "It was restored a moment ago.");
            }
        };
        destroy(token, key, first, destroying);
    }

    private void destroy(TokenIdentity token, KeyId key, Runnable first, Runnable destroying) {
        PlannedKey planned = planned(token, KeyPlan.DESTROY_KEY, key, first);
        written(planned, () -> changes.close(planned.change())).run(destroying);
    }

    /** Takes it back that a key is to be destroyed; a {@link KnownMetadata.Change}. @throws HsmException SLOT_BUSY when it is already */
    void restore(String serial, KeyId key) {
        if (changes.isOpen(serial, key.hex())) {
            throw new HsmException(
                    HsmFailure.SLOT_BUSY, "The key is being destroyed, or what became of that is not known yet.");
        }
        metadata.setDestroyAt(serial, key, null);
    }

    private PlannedKey planned(TokenIdentity token, KeyPlan plan, KeyId key, Runnable first) {
        String change = Objects.requireNonNull(transaction.execute(_ -> {
            first.run();
            return changes.open(token.module(), token.serial(), plan.kind(), key.hex());
        }));
        return new PlannedKey(change, plan, token.serial(), key);
    }

    private WrittenChange written(PlannedKey planned, Runnable notMade) {
        return new WrittenChange(
                "key " + planned.id().hex(), () -> done(planned), notMade, () -> changes.leaveOpen(planned.change()));
    }

    /** Whether a change of the key is under way, or not settled. */
    boolean isOpen(TokenIdentity token, KeyId key) {
        return changes.isOpen(token.serial(), key.hex());
    }

    /** The key is as it was planned to be. */
    void done(PlannedKey planned) {
        KeyId previous = planned.plan().rotates()
                ? known.of(planned.serial(), planned.id()).version().previous()
                : null;
        transaction.executeWithoutResult(_ -> {
            if (planned.plan() == KeyPlan.DESTROY_KEY) {
                metadata.bury(planned.serial(), planned.id());
            }
            if (previous != null) {
                versions.succeed(planned.serial(), previous, planned.id());
            }
            changes.close(planned.change());
        });
        if (previous != null) {
            known.changed(planned.serial(), previous);
        }
        // Of another key that was made the database has known everything since it was planned.
        if (previous != null || planned.plan() == KeyPlan.DESTROY_KEY) {
            known.changed(planned.serial(), planned.id());
            others.made(planned.serial());
        }
    }

    /** There is no such key. */
    void notMade(PlannedKey planned) {
        transaction.executeWithoutResult(_ -> {
            metadata.remove(planned.serial(), planned.id());
            changes.close(planned.change());
        });
        known.changed(planned.serial(), planned.id());
    }

    /** The changes of a token of which it is still to be found out. */
    List<PlannedKey> unsettled(TokenIdentity token) {
        return changes.unsettled(token.module(), token.serial()).stream()
                .flatMap(change -> planned(change, token))
                .toList();
    }

    private static Stream<PlannedKey> planned(PendingChange change, TokenIdentity token) {
        return KeyPlan.of(change).stream()
                .map(plan -> new PlannedKey(
                        change.id(), plan, token.serial(), new KeyId(Objects.requireNonNull(change.key()))));
    }
}
