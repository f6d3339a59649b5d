package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinLatch;
import dev.slotgate.hsm.PinSource;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.TokenIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private final Modules modules;
    private final Path library;
    private final Path configuration;
    private final List<String> labels;
    private final List<BoundSlots> bound = new ArrayList<>();

    private TestTokens(Modules modules, Path library, Path configuration, List<String> labels) {
        this.modules = modules;
        this.library = library;
        this.configuration = configuration;
        this.labels = labels;
    }

    static TestTokens provision(Path folder, Path library, List<String> labels) throws Exception {
        Path configuration = folder.resolve("softhsm2.conf");
        Files.writeString(configuration, "directories.tokendir = " + Files.createDirectory(folder.resolve("tokens")));
        NativeEnvironment.set("SOFTHSM2_CONF", configuration.toString());
        var modules = new Modules(List.of(new Pkcs11Settings.Module("soft", library, null)));
        var tokens = new Pkcs11Tokens(modules);
        for (String label : labels) {
            tokens.provision(label, pin("so-" + label), pin(USER_PIN));
        }
        return new TestTokens(modules, library, configuration, labels);
    }

    /** Binds every token, with the PINs that the gateway is told for their labels. */
    BoundSlots bind(Map<String, String> pins) {
        return bind(pins, new RememberedPins(), PATIENT);
    }

    BoundSlots bind(Map<String, String> pins, PinLatch latch, Limits limits) {
        PinSource source = token -> Optional.ofNullable(pins.get(token.label())).map(TestTokens::pin);
        var settings = new Pkcs11Settings(false, List.of(), List.of(), limits);
        var factory = new SlotBinder.SlotFactory(settings, source, latch, new SlotReadiness(Stream::empty));
        var slots = new BoundSlots(modules, new SlotBinder(modules, settings, this::ids, factory).bind());
        slots.start();
        bound.add(slots);
        return slots;
    }

    @Override
    public void close() {
        bound.forEach(BoundSlots::close);
        modules.close();
    }

    /** The token itself, for what no other program can do beside this process. */
    Token token(String label) {
        return FoundToken.in(modules).stream()
                .filter(found -> found.identity().label().equals(label))
                .findFirst()
                .orElseThrow()
                .token();
    }

    /** Has another process work on a token. */
    void pkcs11Tool(String label, String... arguments) {
        var command = new ArrayList<>(List.of(
                "pkcs11-tool", "--module", library.toString(), "--token-label", label, "--login", "--pin", USER_PIN));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SOFTHSM2_CONF", configuration.toString());
        try {
            Process process = builder.start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(printed).isZero();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("pkcs11-tool is needed: apt-get install opensc", e);
        }
    }

    private Map<TokenIdentity, SlotId> ids(List<TokenIdentity> tokens) {
        return tokens.stream().collect(Collectors.toMap(t -> t, t -> new SlotId(labels.indexOf(t.label()))));
    }

    static Pin pin(String characters) {
        return new Pin(characters.toCharArray());
    }
}
