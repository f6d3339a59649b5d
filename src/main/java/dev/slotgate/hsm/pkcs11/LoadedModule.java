package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.ModuleSpec;
import dev.slotgate.hsm.StartRefused;
import iaik.pkcs.pkcs11.wrapper.CK_C_INITIALIZE_ARGS;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.PKCS11Module;
import org.xipki.pkcs11.wrapper.Slot;
import org.xipki.pkcs11.wrapper.TokenException;

/** A PKCS#11 library that is loaded and initialised. Calls that belong to no session run on its control thread. */
final class LoadedModule {

    private static final Logger LOG = LoggerFactory.getLogger(LoadedModule.class);

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Duration FOR_EVER = Duration.ofDays(365);
    private static final Duration LONGEST_RESTART = Duration.ofSeconds(10);
    private static final Duration DRAIN = Duration.ofSeconds(1);

    private final String name;
    private final PKCS11Module module;
    private final @Nullable String initArguments;
    private final NativeThread control;
    private final List<BoundSlot> slots = new CopyOnWriteArrayList<>();
    private final ReentrantLock restarting = new ReentrantLock();
    private volatile long lastRestart = System.nanoTime() - Duration.ofHours(1).toNanos();
    private final LongAdder initialisations = new LongAdder();
    /** A call that hangs was in the way when the module was to be initialised again. */
    private volatile boolean hindered;

    private volatile boolean finalised;

    private LoadedModule(String name, PKCS11Module module, @Nullable String initArguments) {
        this.name = name;
        this.module = module;
        this.initArguments = initArguments;
        this.control = new NativeThread("pkcs11-" + name, new LongAdder());
    }

    /**
     * Loads and initialises.
     *
     * @throws StartRefused when the library cannot be used
     */
    static LoadedModule load(ModuleSpec spec) {
        String name = spec.name();
        Path library = Path.of(spec.library());
        spec.environment().forEach(NativeEnvironment::set);
        LibraryCheck.check(name, library);
        try {
            var loaded = new LoadedModule(
                    name, PKCS11Module.getInstance(library.toAbsolutePath().toString()), spec.initArguments());
            loaded.call(loaded::initialise);
            return loaded;
        } catch (IOException | UnsatisfiedLinkError e) {
            throw new StartRefused("PKCS#11 module '" + name + "': " + library + " cannot be loaded.");
        } catch (HsmException e) {
            throw new StartRefused("PKCS#11 module '" + name + "': " + library + " does not initialise ("
                    + (e.returnCode() == null ? e.getMessage() : e.returnCode()) + ").");
        }
    }

    String name() {
        return name;
    }

    PKCS11Module wrapped() {
        return module;
    }

    /** The slot's calls have to end before the module is initialised again. */
    void serves(BoundSlot slot) {
        slots.add(slot);
    }

    <T> T call(Callable<T> work) {
        return control.call(Deadline.in(DEADLINE), work);
    }

    /**
     * Makes a call that belongs to no slot, unless the module is being initialised again.
     *
     * @throws HsmException TOKEN_TIMEOUT when it does not answer
     */
    void checkAnswers(Deadline deadline) {
        if (!restarting.isLocked() || nanosSinceRestart() > LONGEST_RESTART.toNanos()) {
            control.call(deadline, () -> module.getPKCS11Module().C_GetInfo());
        }
    }

    /** The slots with a token in them. Their native numbers change, so they are for immediate use. */
    List<Slot> slotsWithToken() throws TokenException {
        return List.of(module.getSlotList(true));
    }

    /**
     * Finalises and initialises, which shows new tokens and mends dead connections. A call in flight would crash the process,
     * so every slot of the module is drained first; their callers wait.
     *
     * @throws HsmException SLOT_BUSY or TOKEN_UNAVAILABLE when a call does not end
     */
    void restart() {
        if (finalised || !restarting.tryLock()) {
            throw new HsmException(HsmFailure.SLOT_BUSY, "Module " + name + " is being initialised already, or stops.");
        }
        try {
            lastRestart = System.nanoTime();
            List<BoundSlot> inOrder =
                    slots.stream().sorted(Comparator.comparing(BoundSlot::id)).toList();
            inOrder.stream().filter(BoundSlot::isLoggedIn).forEach(BoundSlot::checkCouldLogInAgain);
            drainedOrHindered(inOrder);
            LOG.debug("Module {} was initialised again", name);
            inOrder.forEach(BoundSlot::logInAgain);
        } finally {
            restarting.unlock();
        }
    }

    /** How long ago the module was initialised again, or that was tried, in nanoseconds. */
    long nanosSinceRestart() {
        return System.nanoTime() - lastRestart;
    }

    /** How often it was initialised. */
    long initialisations() {
        return initialisations.sum();
    }

    /**
     * Whether that initialisation hangs, or a slot waits for it in vain, since a call hangs: no longer when that call has come
     * back, nor when the token has come back by itself.
     */
    boolean isStuck() {
        if (hindered && !doesACallHang()) {
            hindered = false;
        }
        boolean restartHangs = restarting.isLocked() && nanosSinceRestart() > LONGEST_RESTART.toNanos();
        return restartHangs || (hindered && slots.stream().anyMatch(BoundSlot::isInTrouble));
    }

    /** Finalises the module; only when no call is in flight. */
    void finalise() {
        finalised = true;
        call(() -> {
            module.finalize(null);
            return true;
        });
        control.finish(() -> {});
    }

    private void drainedOrHindered(List<BoundSlot> inOrder) {
        try {
            drained(inOrder, Deadline.in(DRAIN));
            hindered = false;
        } catch (HsmException e) {
            boolean before = hindered;
            hindered = doesACallHang();
            if (hindered && !before) {
                LOG.warn("Module {} cannot be initialised again, since a call of it hangs", name);
            }
            throw e;
        }
    }

    private boolean doesACallHang() {
        return slots.stream().anyMatch(BoundSlot::hasHangingCalls);
    }

    private void drained(List<BoundSlot> rest, Deadline deadline) {
        if (rest.isEmpty()) {
            // However long it takes: no gate may open while the module is not initialised.
            control.call(Deadline.in(FOR_EVER), this::initialiseAgain);
            return;
        }
        rest.getFirst().drained(deadline, () -> drained(rest.subList(1, rest.size()), deadline));
    }

    private boolean initialiseAgain() throws TokenException, iaik.pkcs.pkcs11.wrapper.PKCS11Exception {
        try {
            module.finalize(null);
        } catch (PKCS11Exception e) {
            // What an initialisation that failed leaves behind.
            if (e.getErrorCode() != PKCS11Constants.CKR_CRYPTOKI_NOT_INITIALIZED) {
                throw e;
            }
        }
        return initialise();
    }

    private boolean initialise() throws TokenException, iaik.pkcs.pkcs11.wrapper.PKCS11Exception {
        if (initArguments == null) {
            module.initialize();
        } else {
            initialiseWith(initArguments);
        }
        initialisations.increment();
        return true;
    }

    /** The wrapper's own call has no room for arguments. */
    private void initialiseWith(String words) throws iaik.pkcs.pkcs11.wrapper.PKCS11Exception {
        var arguments = new CK_C_INITIALIZE_ARGS();
        arguments.flags = PKCS11Constants.CKF_OS_LOCKING_OK;
        arguments.pReserved = words;
        module.getPKCS11Module().C_Initialize(arguments, true);
    }
}
