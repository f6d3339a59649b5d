package dev.slotgate.hsm.binding;

import dev.slotgate.hsm.Completion;
import dev.slotgate.hsm.Limits;
import dev.slotgate.hsm.PresentToken;
import dev.slotgate.hsm.ReservedToken;
import dev.slotgate.hsm.SlotBinding;
import dev.slotgate.hsm.SlotBindings;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.StartRefused;
import dev.slotgate.hsm.TokenIdentity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides at start which slot id stands for which token; a token that is not there has its slot all the same. */
final class SlotBinder {

    private final HsmSettings settings;
    private final @Nullable ReservedToken reserved;
    private final SlotBindings bindings;
    private final Limits limits;

    SlotBinder(HsmSettings settings, @Nullable ReservedToken reserved, SlotBindings bindings) {
        this.reserved = reserved;
        this.settings = settings;
        this.bindings = bindings;
        this.limits = Limits.DEFAULT.with(settings.limits());
    }

    /**
     * Binds as the configuration says, or, when it binds none, every initialised token and every one that was bound before.
     *
     * @param present the tokens of all modules
     */
    List<SlotBinding> bind(List<PresentToken> present) {
        List<TokenIdentity> all = present.stream()
                .filter(PresentToken::initialised)
                .map(PresentToken::identity)
                .toList();
        SlotBinding own = reserved == null ? null : binding(reserved);
        Set<String> reservedSerials = own == null ? Set.of() : serials(own, all);
        List<TokenIdentity> tokens = all.stream()
                .filter(token -> !reservedSerials.contains(token.serial()))
                .sorted(Comparator.comparing(TokenIdentity::label).thenComparing(TokenIdentity::serial))
                .toList();
        var bound = new ArrayList<>(settings.slots().isEmpty() ? bindAutomatically(tokens) : bindAsConfigured(tokens));
        if (own != null) {
            refuseSharing(all.stream().filter(token -> reservedSerials.contains(token.serial())), bound);
            bound.add(own);
        }
        return bound;
    }

    /** Another module may show the same token. */
    private static Set<String> serials(SlotBinding own, List<TokenIdentity> tokens) {
        return tokens.stream().filter(own::fits).map(TokenIdentity::serial).collect(Collectors.toSet());
    }

    private static void refuseSharing(Stream<TokenIdentity> reserved, List<SlotBinding> bound) {
        reserved.flatMap(token -> bound.stream().filter(binding -> binding.fits(token)))
                .findFirst()
                .ifPresent(slot -> {
                    throw new StartRefused("slotgate.audit.token names the token of slot " + slot.id()
                            + ": the key for the audit journal needs a token of its own.");
                });
    }

    private SlotBinding binding(ReservedToken token) {
        return binding(ReservedToken.SLOT, token.module(), token.serial(), token.label(), limits, Completion.ALL);
    }

    private List<SlotBinding> bindAutomatically(List<TokenIdentity> tokens) {
        var serials = new HashSet<String>();
        for (TokenIdentity token : tokens) {
            if (!serials.add(token.module() + " " + token.serial())) {
                throw new StartRefused("Module '" + token.module() + "' has several tokens with the serial number '"
                        + token.serial() + "': bind them by label with slotgate.slots.");
            }
        }
        Map<TokenIdentity, SlotId> present = bindings.bind(tokens);
        var all = new LinkedHashMap<SlotId, TokenIdentity>();
        bindings.all().forEach((token, id) -> all.put(id, token));
        present.forEach((token, id) -> all.put(id, token));
        return all.entrySet().stream()
                .filter(bound -> isConfigured(bound.getValue().module()))
                .map(bound -> new SlotBinding(
                        bound.getKey(),
                        true,
                        bound.getValue().serial(),
                        null,
                        bound.getValue(),
                        limits,
                        Completion.ALL))
                .toList();
    }

    /** A binding to a module that is no longer configured has no slot. */
    private boolean isConfigured(String module) {
        return settings.modules().stream().anyMatch(known -> known.name().equals(module));
    }

    private List<SlotBinding> bindAsConfigured(List<TokenIdentity> tokens) {
        var taken = new HashSet<TokenIdentity>();
        return settings.slots().stream()
                .map(setting -> {
                    SlotBinding binding = binding(setting);
                    List<TokenIdentity> fitting =
                            tokens.stream().filter(binding::fits).toList();
                    checkOne(setting, fitting);
                    if (!taken.addAll(fitting) && !fitting.isEmpty()) {
                        throw new StartRefused("slotgate.slots: slot " + setting.id()
                                + " names a token that another slot is bound to.");
                    }
                    return binding;
                })
                .toList();
    }

    private SlotBinding binding(HsmSettings.Slot setting) {
        return binding(
                new SlotId(Objects.requireNonNull(setting.id())),
                setting.module(),
                setting.serial(),
                setting.label(),
                limits.with(setting.limits()),
                new Completion(setting.softwareOaep(), setting.softwareDerive()));
    }

    /** One that the configuration asks for; what it does not say of the token is not known yet. */
    private static SlotBinding binding(
            SlotId id,
            String module,
            @Nullable String serial,
            @Nullable String label,
            Limits limits,
            Completion completion) {
        var lastSeen = new TokenIdentity(
                module, Objects.requireNonNullElse(serial, ""), Objects.requireNonNullElse(label, ""));
        return new SlotBinding(id, false, serial, label, lastSeen, limits, completion);
    }

    private static void checkOne(HsmSettings.Slot setting, List<TokenIdentity> fitting) {
        if (fitting.size() > 1) {
            throw new StartRefused("slotgate.slots: slot " + setting.id() + " needs one token with "
                    + Optional.ofNullable(setting.serial())
                            .map(serial -> "serial " + serial)
                            .orElse("label " + setting.label())
                    + " in module '" + setting.module() + "', and there are " + fitting.size() + ".");
        }
    }
}
