package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.PinLatch;
import dev.slotgate.hsm.Signer;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotStatus;
import dev.slotgate.hsm.Slots;
import dev.slotgate.hsm.UserLogins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The adapter under test as its callers see it, through the port: the one place that knows how it is made. */
record Engine(Slots slots, Keys keys, Signer signer, UserLogins logins, BoundSlots adapter, Modules modules)
        implements AutoCloseable {

    static Plan in(Path folder) {
        return new Plan(folder);
    }

    SlotStatus status(SlotId slot) {
        return Objects.requireNonNull(slots.statuses().get(slot));
    }

    /** Does what the port has no word for, as another program would, with a session that is logged in. */
    <T> T asAnotherProgram(SlotId slot, SessionWork<T> work) {
        return adapter.bound(slot).read(work);
    }

    @Override
    public void close() {
        adapter.close();
        modules.close();
    }

    /** Which modules and slots it is started with; as often as wanted, one after the other. */
    static final class Plan {

        private final Path folder;
        private final List<Pkcs11Settings.Module> modules = new ArrayList<>();
        private final List<Pkcs11Settings.SlotBinding> slots = new ArrayList<>();
        private PinLatch latch = new RememberedPins();

        private Plan(Path folder) {
            this.folder = folder;
        }

        /** A library, and the name that slots call it by. */
        Plan module(String name, Path library) {
            modules.add(new Pkcs11Settings.Module(name, library, null));
            return this;
        }

        /** A slot, the token in it by its label, and the user PIN that is stored for it; null when none is. */
        Plan slot(SlotId slot, String module, String label, @Nullable String pin) throws IOException {
            Path file = pin == null ? null : Files.writeString(folder.resolve("pin-" + slot), pin);
            slots.add(new Pkcs11Settings.SlotBinding(slot.value(), module, null, label, file, Limits.Overrides.NONE));
            return this;
        }

        /** What remembers refused PINs from one start to the next. */
        Plan latch(PinLatch remembers) {
            latch = remembers;
            return this;
        }

        Engine start() {
            var loaded = new Modules(modules);
            var settings = new Pkcs11Settings(false, modules, slots, Limits.DEFAULT);
            var factory = new SlotBinder.SlotFactory(
                    settings, _ -> Optional.empty(), latch, new SlotReadiness(Stream::empty));
            var bound = new BoundSlots(loaded, new SlotBinder(loaded, settings, _ -> Map.of(), factory).bind());
            bound.start();
            return new Engine(
                    bound, new Pkcs11Keys(bound), new Pkcs11Signer(bound), new Pkcs11Logins(bound), bound, loaded);
        }
    }
}
