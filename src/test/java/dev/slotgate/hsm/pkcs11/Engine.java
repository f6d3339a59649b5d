package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Certificates;
import dev.slotgate.hsm.HsmModule;
import dev.slotgate.hsm.Isolation;
import dev.slotgate.hsm.KeyCrypto;
import dev.slotgate.hsm.KeyWrapping;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.Limits;
import dev.slotgate.hsm.MacStreams;
import dev.slotgate.hsm.ModuleHome;
import dev.slotgate.hsm.ModuleLoader;
import dev.slotgate.hsm.ModuleSpec;
import dev.slotgate.hsm.PinLatch;
import dev.slotgate.hsm.Signer;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotStatus;
import dev.slotgate.hsm.Slots;
import dev.slotgate.hsm.TokenPins;
import dev.slotgate.hsm.UserLogins;
import dev.slotgate.hsm.binding.HsmSettings;
import dev.slotgate.hsm.binding.SlotHost;
import dev.slotgate.hsm.binding.TokenCalls;
import dev.slotgate.hsm.worker.WorkerLoader;
import dev.slotgate.trace.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The adapter under test as its callers see it, through the port: the one place that knows how it is made. */
record Engine(SlotHost host, Plan plan) implements AutoCloseable {

    static Plan in(Path folder) {
        return new Plan(folder);
    }

    Slots slots() {
        return host.slots();
    }

    Keys keys() {
        return host.keys();
    }

    KeyWrapping wrapping() {
        return host.wrapping();
    }

    Certificates certificates() {
        return host.certificates();
    }

    Signer signer() {
        return host.signer();
    }

    KeyCrypto crypto() {
        return host.crypto();
    }

    MacStreams macStreams() {
        return host.macStreams();
    }

    UserLogins logins() {
        return host.logins();
    }

    TokenPins pins() {
        return host.pins();
    }

    SlotStatus status(SlotId slot) {
        return Objects.requireNonNull(slots().statuses().get(slot));
    }

    /** Does what the port has no word for, as another program would, with a session that is logged in. */
    <T> T asAnotherProgram(SlotId slot, SessionWork<T> work) {
        if (plan.isolation == Isolation.IN_PROCESS) {
            return pkcs11(slot).read(work);
        }
        HsmSettings.Slot bound = plan.slots.stream()
                .filter(setting -> Objects.equals(setting.id(), slot.value()))
                .findFirst()
                .orElseThrow();
        Path library = plan.modules.stream()
                .filter(module -> module.name().equals(bound.module()))
                .map(module -> Shim.behind(Objects.requireNonNull(module.library())))
                .findFirst()
                .orElseThrow();
        return AnotherProgram.workHere(
                library, Objects.requireNonNull(bound.label()), Objects.requireNonNull(plan.pins.get(slot)), work);
    }

    /** The module in this process. */
    LoadedModule module() {
        return ((Pkcs11Module) plan.loaded.getFirst()).loaded();
    }

    private BoundSlot pkcs11(SlotId slot) {
        return plan.loaded.stream()
                .map(module -> ((Pkcs11Module) module).bound())
                .filter(slots -> slots.statuses().containsKey(slot))
                .findFirst()
                .orElseThrow()
                .bound(slot);
    }

    @Override
    public void close() {
        host.close();
    }

    /** Which modules and slots it is started with; as often as wanted, one after the other. */
    static final class Plan {

        private final Path folder;
        private final List<HsmSettings.Module> modules = new ArrayList<>();
        private final List<HsmSettings.Slot> slots = new ArrayList<>();
        private final List<HsmModule> loaded = new ArrayList<>();
        private final Map<SlotId, String> pins = new HashMap<>();
        private Isolation isolation = Isolation.IN_PROCESS;
        private Limits.Overrides limits = Limits.Overrides.NONE;
        private int workers = 1;
        private PinLatch latch = new RememberedPins();
        private MemoryPins store = new MemoryPins();

        private Plan(Path folder) {
            this.folder = folder;
        }

        /** Where the code of the modules that follow runs. */
        Plan isolation(Isolation where) {
            isolation = where;
            return this;
        }

        /** How many processes each of the modules that follow has. */
        Plan workers(int count) {
            isolation = Isolation.PROCESS;
            workers = count;
            return this;
        }

        /** How long a call of any slot may take. */
        Plan callDeadline(Duration deadline) {
            limits = new Limits.Overrides(null, null, null, deadline, null, null);
            return this;
        }

        /** A library, and the name that slots call it by. */
        Plan module(String name, Path library) {
            modules.add(new HsmSettings.Module(name, library, null, isolation, workers));
            return this;
        }

        /** A slot, the token in it by its label, and the user PIN that is stored for it; null when none is. */
        Plan slot(SlotId slot, String module, String label, @Nullable String pin) throws IOException {
            if (pin != null) {
                pins.put(slot, pin);
            }
            Path file = pin == null ? null : Files.writeString(folder.resolve("pin-" + slot), pin);
            slots.add(new HsmSettings.Slot(slot.value(), module, null, label, file, Limits.Overrides.NONE, true, true));
            return this;
        }

        /** What remembers refused PINs from one start to the next. */
        Plan latch(PinLatch remembers) {
            latch = remembers;
            return this;
        }

        /** What keeps the user PINs from one start to the next. */
        Plan store(MemoryPins keeps) {
            store = keeps;
            return this;
        }

        Engine start() {
            loaded.clear();
            var settings = new HsmSettings(false, modules, slots, limits);
            var home = new ModuleHome(SlotHost.pins(settings, null, _ -> Optional.empty(), store), latch, (_, _) -> {});
            var host = SlotHost.open(
                    settings,
                    NativeVariables.all(),
                    List.of(noting(new Pkcs11Loader()), new WorkerLoader(Optional.empty())),
                    home,
                    new TokenCalls(new SimpleMeterRegistry(), Traces.OFF));
            host.bind(null, _ -> Map.of());
            host.start();
            return new Engine(host, this);
        }

        private ModuleLoader noting(ModuleLoader loader) {
            return new ModuleLoader() {
                @Override
                public Isolation isolation() {
                    return loader.isolation();
                }

                @Override
                public HsmModule load(ModuleSpec spec, ModuleHome home) {
                    HsmModule module = loader.load(spec, home);
                    loaded.add(module);
                    return module;
                }
            };
        }
    }
}
