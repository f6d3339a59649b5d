package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.StartRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.xipki.pkcs11.wrapper.PKCS11Module;
import org.xipki.pkcs11.wrapper.Slot;
import org.xipki.pkcs11.wrapper.TokenException;

/** A PKCS#11 library that is loaded and initialised. Calls that belong to no session run on its control thread. */
final class LoadedModule {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final String name;
    private final PKCS11Module module;
    private final NativeThread control;

    private LoadedModule(String name, PKCS11Module module) {
        this.name = name;
        this.module = module;
        this.control = new NativeThread("pkcs11-" + name);
    }

    /** @throws StartRefused when the library cannot be used */
    static LoadedModule load(String name, Path library) {
        LibraryCheck.check(name, library);
        try {
            var loaded = new LoadedModule(
                    name, PKCS11Module.getInstance(library.toAbsolutePath().toString()));
            loaded.initialise();
            return loaded;
        } catch (IOException | UnsatisfiedLinkError e) {
            throw new StartRefused("PKCS#11 module '" + name + "': " + library + " cannot be loaded.");
        } catch (HsmException e) {
            throw new StartRefused(
                    "PKCS#11 module '" + name + "': " + library + " does not initialise (" + e.returnCode() + ").");
        }
    }

    String name() {
        return name;
    }

    PKCS11Module wrapped() {
        return module;
    }

    <T> T call(Callable<T> work) {
        return control.call(DEADLINE, work);
    }

    /** The slots with a token in them. Their native numbers change, so they are for immediate use. */
    List<Slot> slotsWithToken() throws TokenException {
        return List.of(module.getSlotList(true));
    }

    /** Finalises and initialises, which shows new tokens. No other call may be in flight: that crashes the process. */
    void restart() {
        call(() -> {
            module.finalize(null);
            module.initialize();
            return true;
        });
    }

    /** Finalises the module; only when no call is in flight. */
    void finalise() {
        call(() -> {
            module.finalize(null);
            return true;
        });
        control.finish(() -> {});
    }

    private void initialise() {
        call(() -> {
            module.initialize();
            return true;
        });
    }
}
