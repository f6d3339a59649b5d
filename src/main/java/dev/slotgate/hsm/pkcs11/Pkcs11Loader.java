package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Isolation;
import dev.slotgate.hsm.ModuleHome;
import dev.slotgate.hsm.ModuleLoader;
import dev.slotgate.hsm.ModuleSpec;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.xipki.pkcs11.wrapper.PKCS11Module;

/** Loads modules into this process. */
@Component
public final class Pkcs11Loader implements ModuleLoader {

    private static final Logger LOG = LoggerFactory.getLogger(Pkcs11Loader.class);

    public Pkcs11Loader() {
        WrapperLog.install();
    }

    /** Has loaded what every module needs, so that the first one does not wait for it. */
    public static void warmUp() {
        WrapperLog.install();
        try {
            // The wrapper has no other call that loads its own native library; a module it cannot find.
            PKCS11Module.getInstance(Path.of("").toAbsolutePath().toString());
        } catch (IOException | UnsatisfiedLinkError e) {
            LOG.debug("Warm: {}", e.getMessage());
        }
    }

    @Override
    public Isolation isolation() {
        return Isolation.IN_PROCESS;
    }

    @Override
    public Pkcs11Module load(ModuleSpec spec, ModuleHome home) {
        return new Pkcs11Module(LoadedModule.load(spec), home, spec.acceptsDefaultPin());
    }
}
