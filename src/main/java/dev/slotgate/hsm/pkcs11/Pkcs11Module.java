package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Certificates;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.HsmModule;
import dev.slotgate.hsm.Isolation;
import dev.slotgate.hsm.KeyCrypto;
import dev.slotgate.hsm.KeyWrapping;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.MacStreams;
import dev.slotgate.hsm.ModuleHome;
import dev.slotgate.hsm.ModuleStatus;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PresentToken;
import dev.slotgate.hsm.Signer;
import dev.slotgate.hsm.SlotBinding;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotTokens;
import dev.slotgate.hsm.Slots;
import dev.slotgate.hsm.TokenPins;
import dev.slotgate.hsm.UserLogins;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A module in this process. */
public final class Pkcs11Module implements HsmModule {

    private static final Logger LOG = LoggerFactory.getLogger(Pkcs11Module.class);

    private final LoadedModule module;
    private final ModuleHome home;
    private final boolean acceptsDefaultPin;
    private final Pkcs11Tokens tokens;
    private final NewLabels labels = new NewLabels();
    private final KeyMaking making = new KeyMaking(labels);
    private BoundSlots slots = new BoundSlots(List.of());

    Pkcs11Module(LoadedModule module, ModuleHome home, boolean acceptsDefaultPin) {
        this.module = module;
        this.home = home;
        this.acceptsDefaultPin = acceptsDefaultPin;
        this.tokens = new Pkcs11Tokens(module);
    }

    @Override
    public List<PresentToken> tokens() {
        return tokens.present();
    }

    @Override
    public void provision(String label, Pin soPin, Pin userPin) {
        tokens.provision(label, soPin, userPin);
    }

    @Override
    public void bind(List<SlotBinding> bindings) {
        slots = new BoundSlots(bindings.stream().map(this::slot).toList());
    }

    private BoundSlot slot(SlotBinding binding) {
        var pin = new UserPin(binding.id(), home.pins(), home.latch(), acceptsDefaultPin);
        var slot = new BoundSlot(new TokenBinding(binding, module), pin, home.watcher());
        module.serves(slot);
        return slot;
    }

    @Override
    public void start() {
        slots.start();
    }

    @Override
    public ModuleStatus status() {
        return new ModuleStatus(module.name(), Isolation.IN_PROCESS, 1, 1, module.initialisations(), module.isStuck());
    }

    @Override
    public Slots slots() {
        return slots;
    }

    @Override
    public SlotTokens slotTokens() {
        return slots;
    }

    @Override
    public Keys keys() {
        return new Pkcs11Keys(slots, making, labels);
    }

    @Override
    public KeyWrapping wrapping() {
        return new Pkcs11KeyWrapping(slots, making);
    }

    @Override
    public Certificates certificates() {
        return new Pkcs11Certificates(slots);
    }

    @Override
    public Signer signer() {
        return new Pkcs11Signer(slots);
    }

    @Override
    public KeyCrypto crypto() {
        return new Pkcs11KeyCrypto(slots);
    }

    @Override
    public MacStreams macStreams() {
        return new Pkcs11MacStreams(slots);
    }

    @Override
    public UserLogins logins() {
        return new Pkcs11Logins(slots);
    }

    @Override
    public TokenPins pins() {
        return new Pkcs11Pins(slots);
    }

    /** Makes a call that belongs to no slot, to see whether the module answers, whatever it says. */
    public boolean answers(Duration patience) {
        try {
            module.checkAnswers(Deadline.in(patience));
            return true;
        } catch (HsmException e) {
            return e.failure() != HsmFailure.TOKEN_TIMEOUT;
        }
    }

    /** Whether the slot is logged in with just this PIN. */
    public boolean isInUse(SlotId slot, Pin pin) {
        return slots.bound(slot).isInUse(pin);
    }

    /** A module with a call that hangs is left as it is: finalising it would crash the process. */
    @Override
    public void close() {
        if (!slots.close()) {
            LOG.warn("Module {}: a call of a token never returned, the module is left as it is", module.name());
            return;
        }
        try {
            module.finalise();
        } catch (HsmException e) {
            LOG.warn("Module {} did not finalise: {}", module.name(), e.getMessage());
        }
    }

    /** What only the tests of this package need. */
    LoadedModule loaded() {
        return module;
    }

    BoundSlots bound() {
        return slots;
    }
}
