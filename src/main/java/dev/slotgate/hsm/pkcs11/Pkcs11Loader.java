package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Isolation;
import dev.slotgate.hsm.ModuleHome;
import dev.slotgate.hsm.ModuleLoader;
import dev.slotgate.hsm.ModuleSpec;
import org.springframework.stereotype.Component;

/** Loads modules into this process. */
@Component
public final class Pkcs11Loader implements ModuleLoader {

    public Pkcs11Loader() {
        WrapperLog.install();
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
