package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.hsm.Completion;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.Limits;
import dev.slotgate.hsm.ModuleHome;
import dev.slotgate.hsm.ModuleSpec;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinLatch;
import dev.slotgate.hsm.SlotBinding;
import dev.slotgate.hsm.SlotId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.xipki.pkcs11.wrapper.Token;

/** SoftHSM tokens in a folder of their own; slot ids follow the order of the labels. */
final class TestTokens implements AutoCloseable {

    /** The user PIN of every token. */
    static final String USER_PIN = "right-pin";

    /** Waits that a busy machine does not exhaust. */
    private static final Limits PATIENT = new Limits(
            8,
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60));

    private final LoadedModule module;
    private final Path library;
    private final Path configuration;
    private final List<String> labels;
    private final List<Pkcs11Module> bound = new ArrayList<>();

    private TestTokens(LoadedModule module, Path library, Path configuration, List<String> labels) {
        this.module = module;
        this.library = library;
        this.configuration = configuration;
        this.labels = labels;
    }

    static TestTokens provision(Path folder, Path library, List<String> labels) throws Exception {
        Path configuration = folder.resolve("softhsm2.conf");
        Files.writeString(configuration, "directories.tokendir = " + Files.createDirectory(folder.resolve("tokens")));
        NativeVariables.set("SOFTHSM2_CONF", configuration.toString());
        LoadedModule module = load("soft", library);
        var tokens = new Pkcs11Tokens(module);
        for (String label : labels) {
            tokens.provision(label, pin("so-" + label), pin(USER_PIN));
        }
        return new TestTokens(module, library, configuration, labels);
    }

    /** The keys of slots that nobody else serves. */
    static Keys keys(BoundSlots slots) {
        var labels = new NewLabels();
        return new Pkcs11Keys(slots, new KeyMaking(labels), labels);
    }

    /** Loads a module into this process. */
    static LoadedModule load(String name, Path library) {
        WrapperLog.install();
        return LoadedModule.load(new ModuleSpec(name, library.toString(), null, Map.of(), 1, false));
    }

    /** Binds every token, with the PINs that the gateway is told for their labels. */
    BoundSlots bind(Map<String, String> pins) {
        return bind(pins, new RememberedPins(), PATIENT);
    }

    BoundSlots bind(Map<String, String> pins, PinLatch latch, Limits limits) {
        var stored = new MemoryPins();
        pins.forEach(stored::put);
        var slots = new Pkcs11Module(module, new ModuleHome(stored.bySlot(), latch, (_, _) -> {}), false);
        slots.bind(FoundToken.in(module).stream()
                .map(FoundToken::identity)
                .filter(token -> labels.contains(token.label()))
                .map(token -> new SlotBinding(
                        new SlotId(labels.indexOf(token.label())),
                        true,
                        token.serial(),
                        null,
                        token,
                        limits,
                        Completion.ALL))
                .toList());
        slots.start();
        bound.add(slots);
        return slots.bound();
    }

    @Override
    public void close() {
        if (bound.isEmpty()) {
            module.finalise();
        }
        bound.reversed().forEach(slots -> slots.bound().close());
        bound.stream().limit(1).forEach(Pkcs11Module::close);
    }

    /** The token itself, for what no other program can do beside this process. */
    Token token(String label) {
        return FoundToken.in(module).stream()
                .filter(found -> found.identity().label().equals(label))
                .findFirst()
                .orElseThrow()
                .token();
    }

    /** Has another process work on a token. */
    void pkcs11Tool(String label, String... arguments) {
        pkcs11Tool(library, Objects.requireNonNull(configuration.getParent()), label, arguments);
    }

    /** As that, for tokens in the folder that this process does not use. */
    static void pkcs11Tool(Path library, Path folder, String label, String... arguments) {
        var command = new ArrayList<>(List.of(
                "pkcs11-tool", "--module", library.toString(), "--token-label", label, "--login", "--pin", USER_PIN));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .put("SOFTHSM2_CONF", folder.resolve("softhsm2.conf").toString());
        try {
            Process process = builder.start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(printed).isZero();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("pkcs11-tool is needed: apt-get install opensc", e);
        }
    }

    static Pin pin(String characters) {
        return new Pin(characters.toCharArray());
    }
}
