package dev.slotgate.hsm.binding;

import dev.slotgate.hsm.Certificates;
import dev.slotgate.hsm.HsmModule;
import dev.slotgate.hsm.Isolation;
import dev.slotgate.hsm.KeyCrypto;
import dev.slotgate.hsm.KeyWrapping;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.MacStreams;
import dev.slotgate.hsm.ModuleHome;
import dev.slotgate.hsm.ModuleLoader;
import dev.slotgate.hsm.ModuleSpec;
import dev.slotgate.hsm.ModuleStatus;
import dev.slotgate.hsm.Modules;
import dev.slotgate.hsm.PinSource;
import dev.slotgate.hsm.PinStore;
import dev.slotgate.hsm.ReservedToken;
import dev.slotgate.hsm.SideBySide;
import dev.slotgate.hsm.Signer;
import dev.slotgate.hsm.SlotBinding;
import dev.slotgate.hsm.SlotBindings;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotPins;
import dev.slotgate.hsm.StartRefused;
import dev.slotgate.hsm.TokenPins;
import dev.slotgate.hsm.UserLogins;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The modules that the configuration names, for as long as the gateway runs, and the slots in them. */
public final class SlotHost implements Modules {

    private final Map<String, HsmModule> byName = new LinkedHashMap<>();

    private final HsmSettings settings;
    private final CompletableFuture<List<SlotBinding>> bindings = new CompletableFuture<>();
    private final RoutedSlots slots;
    private final Signer signer;

    private SlotHost(
            HsmSettings settings,
            Map<String, String> environment,
            List<ModuleLoader> loaders,
            ModuleHome home,
            TokenCalls calls) {
        this.slots = new RoutedSlots(bindings.thenApply(this::modules), calls);
        this.signer = new GatheringSigner(slots.route(Signer.class, HsmModule::signer), bindings);
        this.settings = settings;
        if (settings.modules().isEmpty()) {
            throw new StartRefused(
                    "slotgate.modules[0].library is not set: it names the PKCS#11 library to load; to try "
                            + "the gateway with a software token, start it with ./slotgate run.");
        }
        for (HsmSettings.Module module : settings.modules()) {
            var spec = new ModuleSpec(
                    module.name(),
                    Objects.requireNonNull(module.library()).toString(),
                    module.initArguments(),
                    environment,
                    module.workers(),
                    settings.trial());
            byName.put(module.name(), loader(loaders, module.isolation()).load(spec, home));
        }
    }

    /**
     * Has the modules loaded.
     *
     * @param environment what their code must see in its process's environment
     * @param calls makes every call of their tokens
     * @throws StartRefused when none is configured, or one that is to run in this process cannot be used
     */
    public static SlotHost open(
            HsmSettings settings,
            Map<String, String> environment,
            List<ModuleLoader> loaders,
            ModuleHome home,
            TokenCalls calls) {
        return new SlotHost(settings, environment, loaders, home, calls);
    }

    /** The user PINs that the gateway keeps, or that the configuration gives it. */
    public static SlotPins pins(
            HsmSettings settings, @Nullable ReservedToken reserved, PinSource automatic, PinStore store) {
        return new SeededPins(settings, reserved, automatic, store);
    }

    /** The tokens that are there. */
    ModuleTokens tokens() {
        return new ModuleTokens(byName.values());
    }

    /**
     * Binds the tokens to slots.
     *
     * @param reserved the token that is the gateway's own
     * @throws StartRefused when the configuration fits them in no way, or no module can be used
     */
    public void bind(@Nullable ReservedToken reserved, SlotBindings remembered) {
        if (reserved != null && !byName.containsKey(reserved.module())) {
            throw new StartRefused("slotgate.audit.token.module is '" + reserved.module()
                    + "', and no slotgate.modules[].name is called that.");
        }
        List<SlotBinding> bound = new SlotBinder(settings, reserved, remembered).bind(tokens().present());
        byName.forEach((name, module) -> module.bind(bound.stream()
                .filter(binding -> binding.lastSeen().module().equals(name))
                .toList()));
        bindings.complete(bound);
    }

    private Map<SlotId, HsmModule> modules(List<SlotBinding> bound) {
        return bound.stream()
                .collect(Collectors.toMap(
                        SlotBinding::id,
                        binding -> Objects.requireNonNull(
                                byName.get(binding.lastSeen().module()))));
    }

    /** There will be no slots: whoever waits for them is told why. */
    void giveUp(Throwable why) {
        bindings.completeExceptionally(why);
    }

    /** Finds every token and logs in. */
    public void start() {
        SideBySide.each(byName.values(), HsmModule::start);
    }

    @Override
    public List<ModuleStatus> statuses() {
        return byName.values().stream().map(HsmModule::status).toList();
    }

    public RoutedSlots slots() {
        return slots;
    }

    public Keys keys() {
        return slots.route(Keys.class, HsmModule::keys);
    }

    public KeyWrapping wrapping() {
        return slots.route(KeyWrapping.class, HsmModule::wrapping);
    }

    public Certificates certificates() {
        return slots.route(Certificates.class, HsmModule::certificates);
    }

    public Signer signer() {
        return signer;
    }

    public KeyCrypto crypto() {
        return slots.route(KeyCrypto.class, HsmModule::crypto);
    }

    public MacStreams macStreams() {
        return slots.route(MacStreams.class, HsmModule::macStreams);
    }

    public UserLogins logins() {
        return slots.route(UserLogins.class, HsmModule::logins);
    }

    public TokenPins pins() {
        return slots.route(TokenPins.class, HsmModule::pins);
    }

    /** Has the modules unloaded: not for Spring to call, which {@link SlotOpening} has wait until nothing is under way. */
    public void close() {
        SideBySide.each(byName.values(), HsmModule::close);
    }

    private static ModuleLoader loader(List<ModuleLoader> loaders, Isolation isolation) {
        return loaders.stream()
                .filter(loader -> loader.isolation() == isolation)
                .findFirst()
                .orElseThrow();
    }
}
