package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.PinSource;
import dev.slotgate.hsm.SlotBindings;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.StartRefused;
import dev.slotgate.hsm.TokenIdentity;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Decides at start which slot id stands for which token. */
final class SlotBinder {

    private final Pkcs11Settings settings;
    private final SlotBindings bindings;
    private final PinSource pins;

    SlotBinder(Pkcs11Settings settings, SlotBindings bindings, PinSource pins) {
        this.settings = settings;
        this.bindings = bindings;
        this.pins = pins;
    }

    /** Binds as the configuration says, or, when it binds none, every initialised token. */
    List<BoundSlot> bind(List<FoundToken> tokens) {
        List<FoundToken> initialised =
                tokens.stream().filter(FoundToken::isInitialised).toList();
        return settings.slots().isEmpty() ? bindAutomatically(initialised) : bindAsConfigured(initialised);
    }

    private List<BoundSlot> bindAutomatically(List<FoundToken> tokens) {
        var serials = new HashSet<String>();
        for (FoundToken token : tokens) {
            TokenIdentity identity = token.identity();
            if (!serials.add(identity.module() + " " + identity.serial())) {
                throw new StartRefused("Module '" + identity.module() + "' has several tokens with the serial number '"
                        + identity.serial() + "': bind them by label with slotgate.slots.");
            }
        }
        Map<TokenIdentity, SlotId> ids =
                bindings.bind(tokens.stream().map(FoundToken::identity).toList());
        return tokens.stream()
                .map(token -> slot(Objects.requireNonNull(ids.get(token.identity())), true, token, pins))
                .toList();
    }

    private List<BoundSlot> bindAsConfigured(List<FoundToken> tokens) {
        var taken = new HashSet<FoundToken>();
        return settings.slots().stream()
                .map(binding -> {
                    FoundToken token = tokenOf(binding, tokens);
                    if (!taken.add(token)) {
                        throw new StartRefused("slotgate.slots: slot " + binding.id()
                                + " names a token that another slot is bound to.");
                    }
                    var id = new SlotId(Objects.requireNonNull(binding.id()));
                    return slot(id, false, token, new PinFile(binding.userPinFile()));
                })
                .toList();
    }

    private static FoundToken tokenOf(Pkcs11Settings.SlotBinding binding, List<FoundToken> tokens) {
        List<FoundToken> fitting = tokens.stream()
                .filter(token -> token.module().name().equals(binding.module()))
                .filter(token -> binding.serial() == null
                        || binding.serial().equals(token.identity().serial()))
                .filter(token -> binding.label() == null
                        || binding.label().equals(token.identity().label()))
                .toList();
        if (fitting.size() != 1) {
            throw new StartRefused("slotgate.slots: slot " + binding.id() + " needs exactly one token with "
                    + (binding.serial() == null ? "label " + binding.label() : "serial " + binding.serial())
                    + " in module '" + binding.module() + "', and there are " + fitting.size() + ".");
        }
        return fitting.getFirst();
    }

    private BoundSlot slot(SlotId id, boolean automatic, FoundToken token, PinSource source) {
        return new BoundSlot(id, automatic, token, Limits.DEFAULT, source, settings.trial());
    }
}
