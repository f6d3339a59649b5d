package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.PinLatch;
import dev.slotgate.hsm.PinSource;
import dev.slotgate.hsm.SlotBindings;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.StartRefused;
import dev.slotgate.hsm.TokenIdentity;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides at start which slot id stands for which token; a token that is not there has its slot all the same. */
final class SlotBinder {

    private final Modules modules;
    private final Pkcs11Settings settings;
    private final SlotBindings bindings;
    private final SlotFactory slots;

    SlotBinder(Modules modules, Pkcs11Settings settings, SlotBindings bindings, SlotFactory slots) {
        this.modules = modules;
        this.settings = settings;
        this.bindings = bindings;
        this.slots = slots;
    }

    /** Binds as the configuration says, or, when it binds none, every initialised token and every one that was bound before. */
    List<BoundSlot> bind() {
        List<FoundToken> tokens = FoundToken.in(modules).stream()
                .filter(FoundToken::isInitialised)
                .toList();
        return settings.slots().isEmpty() ? bindAutomatically(tokens) : bindAsConfigured(tokens);
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
        Map<TokenIdentity, SlotId> present =
                bindings.bind(tokens.stream().map(FoundToken::identity).toList());
        var all = new LinkedHashMap<SlotId, TokenIdentity>();
        bindings.all().forEach((identity, id) -> all.put(id, identity));
        present.forEach((identity, id) -> all.put(id, identity));
        return all.entrySet().stream()
                .flatMap(bound -> automatic(bound.getKey(), bound.getValue()))
                .toList();
    }

    /** A binding to a module that is no longer configured has no slot. */
    private Stream<BoundSlot> automatic(SlotId id, TokenIdentity token) {
        return modules.named(token.module()).stream()
                .map(module -> slots.automatic(TokenBinding.automatic(id, module, token)));
    }

    private List<BoundSlot> bindAsConfigured(List<FoundToken> tokens) {
        var taken = new HashSet<FoundToken>();
        return settings.slots().stream()
                .map(setting -> {
                    TokenBinding binding = binding(setting);
                    List<FoundToken> fitting =
                            tokens.stream().filter(binding::fits).toList();
                    checkOne(setting, fitting);
                    if (!taken.addAll(fitting) && !fitting.isEmpty()) {
                        throw new StartRefused("slotgate.slots: slot " + setting.id()
                                + " names a token that another slot is bound to.");
                    }
                    return slots.configured(binding, setting);
                })
                .toList();
    }

    private TokenBinding binding(Pkcs11Settings.SlotBinding setting) {
        LoadedModule module = modules.named(setting.module()).orElseThrow();
        return TokenBinding.configured(
                new SlotId(Objects.requireNonNull(setting.id())), module, setting.serial(), setting.label());
    }

    private static void checkOne(Pkcs11Settings.SlotBinding setting, List<FoundToken> fitting) {
        if (fitting.size() > 1) {
            throw new StartRefused("slotgate.slots: slot " + setting.id() + " needs one token with "
                    + Optional.ofNullable(setting.serial())
                            .map(serial -> "serial " + serial)
                            .orElse("label " + setting.label())
                    + " in module '" + setting.module() + "', and there are " + fitting.size() + ".");
        }
    }

    /** Makes the slots that are bound. */
    record SlotFactory(Pkcs11Settings settings, PinSource pins, PinLatch latch, SlotReadiness readiness) {

        BoundSlot automatic(TokenBinding binding) {
            return slot(binding, settings.limits(), pins);
        }

        BoundSlot configured(TokenBinding binding, Pkcs11Settings.SlotBinding setting) {
            return slot(binding, settings.limits().with(setting.limits()), new PinFile(setting.userPinFile()));
        }

        private BoundSlot slot(TokenBinding binding, Limits limits, PinSource source) {
            var pin = new UserPin(source, latch, settings.trial());
            var slot = new BoundSlot(binding, limits, pin, readiness);
            binding.module().serves(slot);
            return slot;
        }
    }
}
