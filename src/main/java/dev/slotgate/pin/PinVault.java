package dev.slotgate.pin;

import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinRole;
import dev.slotgate.hsm.PinStore;
import dev.slotgate.hsm.TokenIdentity;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The user PINs that the gateway keeps, sealed in the database. When it is not known what became of a change there are several; the
 * login that proves one of them settles it.
 */
@Component
class PinVault implements PinStore {

    private final PinTable table;
    private final PinSeal seal;
    private final PlannedPins planned;
    private final TransactionOperations transaction;

    PinVault(PinTable table, PinSeal seal, PlannedPins planned, TransactionOperations transaction) {
        this.table = table;
        this.seal = seal;
        this.planned = planned;
        this.transaction = transaction;
    }

    @Override
    public List<Pin> userPins(TokenIdentity token) {
        return PinDatabase.ask(() -> users(token).stream()
                .filter(stored -> !stored.withheld() && !isOfRunningChange(stored))
                .map(stored -> seal.open(token, stored))
                .toList());
    }

    /** Nobody may log in with the PINs of a change that is being made: its caller may have given wrong ones. */
    private boolean isOfRunningChange(StoredPin stored) {
        return stored.change() != null && planned.isRunning(stored.change());
    }

    /** The user PIN, whether it is used or only kept. */
    Optional<Pin> keptPin(TokenIdentity token) {
        return PinDatabase.ask(() -> users(token).stream()
                .filter(stored -> stored.state() == StoredPin.State.CURRENT)
                .map(stored -> seal.open(token, stored))
                .findFirst());
    }

    @Override
    public void accepted(TokenIdentity token, Pin pin) {
        PinDatabase.ask(() -> {
            List<StoredPin> all = users(token);
            Optional<StoredPin> known =
                    all.stream().filter(stored -> isSealed(token, stored, pin)).findFirst();
            if (known.isEmpty()
                    || all.size() > 1
                    || known.get().withheld()
                    || known.get().change() != null) {
                settle(token, all, known.orElseGet(() -> add(token, pin)));
            }
            return true;
        });
    }

    @Override
    public void forget(TokenIdentity token) {
        PinDatabase.ask(() -> {
            transaction.executeWithoutResult(_ -> table.forget(token));
            return true;
        });
    }

    private boolean isSealed(TokenIdentity token, StoredPin stored, Pin pin) {
        try (Pin kept = seal.open(token, stored)) {
            return kept.matches(pin);
        }
    }

    private StoredPin add(TokenIdentity token, Pin pin) {
        int version = table.nextVersion(token, PinRole.USER);
        var current = new StoredPin(
                PinRole.USER,
                version,
                StoredPin.State.CURRENT,
                false,
                false,
                seal.seal(token, PinRole.USER, version, pin),
                null,
                false);
        table.add(token, current);
        return current;
    }

    /** The new PIN of a change cannot be there unless the change was made; the old one says nothing while it may yet be made. */
    private void settle(TokenIdentity token, List<StoredPin> all, StoredPin holds) {
        boolean mayChange = all.stream()
                .filter(stored -> stored.change() != null)
                .anyMatch(stored ->
                        !stored.old() || !planned.isLeftBehind(token, Objects.requireNonNull(stored.change())));
        if (holds.state() == StoredPin.State.PENDING || !mayChange) {
            transaction.executeWithoutResult(_ -> {
                table.promote(token, holds.version());
                all.stream()
                        .map(StoredPin::change)
                        .filter(Objects::nonNull)
                        .distinct()
                        .forEach(planned::close);
            });
        }
    }

    private List<StoredPin> users(TokenIdentity token) {
        return table.of(token).stream()
                .filter(stored -> stored.role() == PinRole.USER)
                .toList();
    }
}
