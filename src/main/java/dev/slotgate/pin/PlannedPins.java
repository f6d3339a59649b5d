package dev.slotgate.pin;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinFlags;
import dev.slotgate.hsm.PinRole;
import dev.slotgate.hsm.TokenIdentity;
import dev.slotgate.hsm.WrittenChange;
import dev.slotgate.state.PendingChange;
import dev.slotgate.state.PendingChanges;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What the database knows of changes of PINs under way: both the old PIN and the new one are in the store before the token is
 * touched, until it is certain which of them the token has. So there is no moment at which nobody knows its PIN.
 */
@Component
class PlannedPins {

    private final PinTable table;
    private final PinSeal seal;
    private final PendingChanges changes;
    private final TransactionOperations transaction;

    PlannedPins(PinTable table, PinSeal seal, PendingChanges changes, TransactionOperations transaction) {
        this.table = table;
        this.seal = seal;
        this.changes = changes;
        this.transaction = transaction;
    }

    /** What is to be done with a token's PINs; the kinds of pending changes. */
    enum Kind {
        CHANGE_USER_PIN,
        RESET_USER_PIN,
        CHANGE_SO_PIN,
        INIT_TOKEN;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Optional<Kind> of(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word().equals(word))
                    .findFirst();
        }
    }

    /**
     * Writes down that a PIN of a token is about to be changed.
     *
     * @param current what the caller says that it is; null when nobody says
     * @throws HsmException SLOT_BUSY while another change of the token's PINs is open
     */
    PlannedPin plan(
            Kind kind, TokenIdentity token, @Nullable Pin soPin, @Nullable Pin current, Pin next, boolean managed) {
        try {
            return Objects.requireNonNull(transaction.execute(_ -> {
                List<StoredPin> before = table.of(token);
                if (before.stream().anyMatch(stored -> stored.change() != null)) {
                    throw busy();
                }
                String change = changes.open(token.module(), token.serial(), kind.word(), null);
                if (soPin != null) {
                    add(token, PinRole.SO, StoredPin.State.CLAIMED, soPin, false, change);
                }
                if (current != null && !holdsCurrent(before)) {
                    add(token, PinRole.USER, StoredPin.State.CLAIMED, current, false, change);
                }
                PinRole role = kind == Kind.CHANGE_SO_PIN ? PinRole.SO : PinRole.USER;
                add(token, role, StoredPin.State.PENDING, next, managed, change);
                return new PlannedPin(token, change);
            }));
        } catch (DuplicateKeyException e) {
            throw busy();
        }
    }

    /**
     * Has changes that nobody works on any more, and that no login can settle, give way to one of the SO.
     *
     * @param tries of the user PIN: while the token has one to spare a login settles them
     * @param judgingSo fails unless the SO's PIN is right: what is kept for them may be all that is known
     */
    void giveWay(TokenIdentity token, PinFlags tries, Runnable judgingSo) {
        if (!tries.noneToSpare()) {
            return;
        }
        List<StoredPin> kept = table.of(token).stream()
                .filter(stored -> stored.change() != null)
                .toList();
        boolean left = kept.stream()
                .allMatch(stored -> stored.old() && isLeftBehind(token, Objects.requireNonNull(stored.change())));
        if (!kept.isEmpty() && left) {
            judgingSo.run();
            kept.stream().map(StoredPin::change).distinct().forEach(change -> close(Objects.requireNonNull(change)));
        }
    }

    /** Makes a change that was planned. @throws HsmException whatever the token made of it */
    void carryOut(PlannedPin plan, Runnable change) {
        new WrittenChange(
                        "a PIN of token " + plan.token().serial(),
                        () -> made(plan),
                        () -> notMade(plan),
                        () -> changes.leaveOpen(plan.change()))
                .run(change);
    }

    /** The token has the new PIN. */
    void made(PlannedPin plan) {
        transaction.executeWithoutResult(_ -> {
            of(plan).stream()
                    .filter(stored -> stored.role() == PinRole.USER && stored.state() == StoredPin.State.PENDING)
                    .findFirst()
                    .ifPresent(pending -> table.promote(plan.token(), pending.version()));
            close(plan.change());
        });
    }

    /** Nothing was changed. */
    void notMade(PlannedPin plan) {
        close(plan.change());
    }

    /** It is settled: what was kept for it goes, but for a PIN that was promoted. */
    void close(String change) {
        transaction.executeWithoutResult(_ -> {
            table.removeChange(change);
            changes.close(change);
        });
    }

    /** Whether a change is being made here: its PINs are its own until its outcome is certain, or nobody's. */
    boolean isRunning(String change) {
        return changes.isRunning(change);
    }

    /** Whether nobody works on a change any more. */
    boolean isLeftBehind(TokenIdentity token, String change) {
        return leftBehind(token).stream().anyMatch(left -> left.id().equals(change));
    }

    /** The changes of a token's PINs that nobody works on any more. */
    List<PendingChange> leftBehind(TokenIdentity token) {
        return changes.unsettled(token.module(), token.serial());
    }

    /** What is kept for a change. */
    List<StoredPin> of(PlannedPin plan) {
        return table.of(plan.token()).stream()
                .filter(stored -> plan.change().equals(stored.change()))
                .toList();
    }

    private void add(
            TokenIdentity token, PinRole role, StoredPin.State state, Pin pin, boolean managed, String change) {
        int version = table.nextVersion(token, role);
        String sealed = seal.seal(token, role, version, pin);
        table.add(token, new StoredPin(role, version, state, managed, false, sealed, change, false));
    }

    private static boolean holdsCurrent(List<StoredPin> stored) {
        return stored.stream().anyMatch(pin -> pin.state() == StoredPin.State.CURRENT && !pin.withheld());
    }

    private static HsmException busy() {
        return new HsmException(HsmFailure.SLOT_BUSY, "Another change of the token's PINs is not settled yet.");
    }
}
