package dev.slotgate.hsm.worker;

import dev.slotgate.hsm.Certificates;
import dev.slotgate.hsm.KeyCrypto;
import dev.slotgate.hsm.KeyWrapping;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.MacStreams;
import dev.slotgate.hsm.ModuleHome;
import dev.slotgate.hsm.ModuleSpec;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PresentToken;
import dev.slotgate.hsm.Signer;
import dev.slotgate.hsm.SlotBinding;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotTokens;
import dev.slotgate.hsm.Slots;
import dev.slotgate.hsm.StartRefused;
import dev.slotgate.hsm.TokenPins;
import dev.slotgate.hsm.UserLogins;
import dev.slotgate.hsm.pkcs11.Pkcs11Loader;
import dev.slotgate.hsm.pkcs11.Pkcs11Module;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A worker's side of the link: the module that it holds. */
final class WorkerServer implements WorkerControl {

    private final ModuleHome home;
    private volatile @Nullable Pkcs11Module module;

    /** @param home the gateway, over the link */
    WorkerServer(ModuleHome home) {
        this.home = home;
    }

    /** What the gateway may call, on these threads. */
    Handlers handlers(Executor threads) {
        var handlers = new Handlers(threads);
        PortOperations.serve(handlers, WorkerControl.class, () -> this);
        PortOperations.serve(handlers, Slots.class, () -> loaded().slots());
        PortOperations.serve(handlers, SlotTokens.class, () -> loaded().slotTokens());
        PortOperations.serve(handlers, Keys.class, () -> loaded().keys());
        PortOperations.serve(handlers, KeyWrapping.class, () -> loaded().wrapping());
        PortOperations.serve(handlers, Certificates.class, () -> loaded().certificates());
        PortOperations.serve(handlers, Signer.class, () -> loaded().signer());
        PortOperations.serve(handlers, KeyCrypto.class, () -> loaded().crypto());
        PortOperations.serve(handlers, MacStreams.class, () -> loaded().macStreams());
        PortOperations.serve(handlers, UserLogins.class, () -> loaded().logins());
        PortOperations.serve(handlers, TokenPins.class, () -> loaded().pins());
        return handlers;
    }

    @Override
    public void answer() {
        // That it comes back is all.
    }

    @Override
    public @Nullable String load(ModuleSpec spec) {
        try {
            module = new Pkcs11Loader().load(spec, home);
            return null;
        } catch (StartRefused e) {
            return e.getMessage();
        }
    }

    @Override
    public List<PresentToken> tokens() {
        return loaded().tokens();
    }

    @Override
    public void provision(String label, Pin soPin, Pin userPin) {
        loaded().provision(label, soPin, userPin);
    }

    @Override
    public void bind(List<SlotBinding> bindings) {
        loaded().bind(bindings);
    }

    @Override
    public void start() {
        loaded().start();
    }

    @Override
    public boolean isInUse(SlotId slot, Pin pin) {
        return loaded().isInUse(slot, pin);
    }

    @Override
    public void forgetKeys(SlotId slot) {
        loaded().keys().lookAnew(slot);
    }

    @Override
    public String trouble(Duration patience) {
        if (!loaded().answers(patience)) {
            return "its module does not answer";
        }
        return loaded().status().stuck() ? "a call hangs, and its module cannot be initialised again" : "";
    }

    @Override
    public void stop() {
        loaded().close();
    }

    private Pkcs11Module loaded() {
        Pkcs11Module held = module;
        if (held == null) {
            throw new IllegalStateException("no module is loaded");
        }
        return held;
    }
}
