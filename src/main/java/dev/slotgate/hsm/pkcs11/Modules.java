package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.StartRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The modules that the configuration names, loaded for as long as the gateway runs. */
final class Modules implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Modules.class);

    private final List<LoadedModule> loaded = new ArrayList<>();
    private volatile boolean callsHang;

    Modules(List<Pkcs11Settings.Module> settings) {
        if (settings.isEmpty()) {
            throw new StartRefused(
                    "slotgate.modules[0].library is not set: it names the PKCS#11 library to load; to try "
                            + "the gateway with a software token, start it with ./slotgate run.");
        }
        WrapperLog.install();
        for (Pkcs11Settings.Module module : settings) {
            loaded.add(
                    LoadedModule.load(module.name(), Objects.requireNonNull(module.library()), module.initArguments()));
        }
    }

    List<LoadedModule> all() {
        return loaded;
    }

    Optional<LoadedModule> named(String name) {
        return loaded.stream().filter(module -> module.name().equals(name)).findFirst();
    }

    /** Remembers that a call did not come back: the modules can then not be finalised without crashing the process. */
    void callHangs() {
        callsHang = true;
    }

    @Override
    public void close() {
        if (callsHang) {
            LOG.warn("A call of a token never returned: the modules are left as they are");
            return;
        }
        for (LoadedModule module : loaded) {
            try {
                module.finalise();
            } catch (HsmException e) {
                LOG.warn("Module {} did not finalise: {}", module.name(), e.getMessage());
            }
        }
    }
}
