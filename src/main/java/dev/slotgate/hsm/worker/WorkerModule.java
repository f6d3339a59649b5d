package dev.slotgate.hsm.worker;

import dev.slotgate.hsm.Certificates;
import dev.slotgate.hsm.HsmModule;
import dev.slotgate.hsm.Isolation;
import dev.slotgate.hsm.KeyCrypto;
import dev.slotgate.hsm.KeyWrapping;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.Limits;
import dev.slotgate.hsm.MacStreams;
import dev.slotgate.hsm.ModuleHome;
import dev.slotgate.hsm.ModuleSpec;
import dev.slotgate.hsm.ModuleStatus;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PresentToken;
import dev.slotgate.hsm.SideBySide;
import dev.slotgate.hsm.Signer;
import dev.slotgate.hsm.SlotBinding;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotTokens;
import dev.slotgate.hsm.Slots;
import dev.slotgate.hsm.TokenPins;
import dev.slotgate.hsm.UserLogins;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A module in processes of its own. */
final class WorkerModule implements HsmModule {

    private static final Duration LATE = Duration.ofSeconds(1);

    private final ModuleSpec spec;
    private final Seats seats;
    private final Census census = new Census();
    private final WorkerLauncher launcher;
    private final Crew crew;
    private final Provisioner provisioner;
    private final Slots oneWorker;
    private final SlotTokens slotTokens;
    private final Keys keys;
    private final KeyWrapping wrapping;
    private final Certificates certificates;
    private final Signer signer;
    private final KeyCrypto crypto;
    private final MacStreams macStreams;
    private final TokenPins pins;
    private final List<Supervisor> supervisors;
    private volatile List<SlotBinding> bindings = List.of();
    private volatile WorkerSlots slots;

    /**
     * Workers start meanwhile.
     *
     * @param early the process of the first one, if there is one
     */
    WorkerModule(ModuleSpec spec, ModuleHome home, @Nullable CompletableFuture<NewWorker> early) {
        this.spec = spec;
        seats = new Seats(spec.workers());
        launcher = new WorkerLauncher(spec, home, early);
        crew = new Crew(
                spec, seats, home.pins(), slot -> slots().binding(slot).lastSeen(), launcher, this::longestCall);
        provisioner = new Provisioner(spec, seats, crew);
        Function<SlotId, Limits> limits = slot -> slots().binding(slot).limits();
        var calls = new FoundKeys(new WorkerCalls(seats, limits));
        oneWorker = PortOperations.remote(Slots.class, calls);
        slotTokens = PortOperations.remote(SlotTokens.class, calls);
        keys = PortOperations.remote(Keys.class, calls);
        wrapping = PortOperations.remote(KeyWrapping.class, calls);
        certificates = PortOperations.remote(Certificates.class, calls);
        signer = PortOperations.remote(Signer.class, calls);
        crypto = PortOperations.remote(KeyCrypto.class, calls);
        macStreams = PortOperations.remote(MacStreams.class, new StreamCalls(calls, seats, limits));
        pins = PortOperations.remote(TokenPins.class, new PinCalls(crew, limits));
        slots = slotsOf(bindings);
        var lastReplacement = new AtomicLong(System.nanoTime() - Supervisor.BETWEEN_REPLACEMENTS.toNanos());
        supervisors = IntStream.range(0, seats.count())
                .mapToObj(seat -> new Supervisor(spec.name(), crew, seats, seat, census, lastReplacement))
                .toList();
        supervisors.forEach(supervisor ->
                Thread.ofVirtual().name("supervisor-" + spec.name()).start(supervisor));
    }

    @Override
    public List<PresentToken> tokens() {
        return provisioner.tokens();
    }

    @Override
    public void provision(String label, Pin soPin, Pin userPin) {
        provisioner.provision(label, soPin, userPin);
    }

    @Override
    public void bind(List<SlotBinding> all) {
        bindings = all;
        slots = slotsOf(all);
        launcher.bind(all);
        provisioner.finish();
        crew.ready();
    }

    @Override
    public void start() {
        launcher.start();
        crew.ready();
    }

    /** A worker can always be replaced, so the module is never stuck. */
    @Override
    public ModuleStatus status() {
        return new ModuleStatus(spec.name(), Isolation.PROCESS, seats.count(), seats.running(), crew.launches(), false);
    }

    @Override
    public WorkerSlots slots() {
        return slots;
    }

    @Override
    public SlotTokens slotTokens() {
        return slotTokens;
    }

    @Override
    public Keys keys() {
        return keys;
    }

    @Override
    public KeyWrapping wrapping() {
        return wrapping;
    }

    @Override
    public Certificates certificates() {
        return certificates;
    }

    @Override
    public Signer signer() {
        return signer;
    }

    @Override
    public KeyCrypto crypto() {
        return crypto;
    }

    @Override
    public MacStreams macStreams() {
        return macStreams;
    }

    @Override
    public UserLogins logins() {
        return crew;
    }

    @Override
    public TokenPins pins() {
        return pins;
    }

    @Override
    public void close() {
        supervisors.forEach(Supervisor::stop);
        launcher.close();
        SideBySide.each(seats.taken(), worker -> worker.retire(longestCall(), true));
        launcher.killAll();
    }

    private WorkerSlots slotsOf(List<SlotBinding> all) {
        return new WorkerSlots(all, seats, census, oneWorker);
    }

    private Duration longestCall() {
        return bindings.stream()
                .map(SlotBinding::limits)
                .map(Limits::generationDeadline)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO)
                .plus(LATE);
    }
}
