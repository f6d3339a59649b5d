package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinSource;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.TokenIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** SoftHSM tokens in a folder of their own; slot ids follow the order of the labels. */
final class TestTokens implements AutoCloseable {

    /** The user PIN of every token. */
    static final String USER_PIN = "right-pin";

    private final Modules modules;
    private final List<String> labels;
    private final List<BoundSlots> bound = new ArrayList<>();

    private TestTokens(Modules modules, List<String> labels) {
        this.modules = modules;
        this.labels = labels;
    }

    static TestTokens provision(Path folder, Path library, List<String> labels) throws Exception {
        Path configuration = folder.resolve("softhsm2.conf");
        Files.writeString(configuration, "directories.tokendir = " + Files.createDirectory(folder.resolve("tokens")));
        NativeEnvironment.set("SOFTHSM2_CONF", configuration.toString());
        var modules = new Modules(List.of(new Pkcs11Settings.Module("soft", library)));
        var tokens = new Pkcs11Tokens(modules);
        for (String label : labels) {
            tokens.provision(label, pin("so-" + label), pin(USER_PIN));
        }
        return new TestTokens(modules, labels);
    }

    /** Binds every token, with the PINs that the gateway is told for their labels. */
    BoundSlots bind(Map<String, String> pins) {
        PinSource source = token -> Optional.ofNullable(pins.get(token.label())).map(TestTokens::pin);
        var binder = new SlotBinder(new Pkcs11Settings(false, List.of(), List.of()), this::ids, source);
        var slots = new BoundSlots(modules, binder.bind(FoundToken.in(modules)));
        bound.add(slots);
        return slots;
    }

    @Override
    public void close() {
        bound.forEach(BoundSlots::close);
        modules.close();
    }

    private Map<TokenIdentity, SlotId> ids(List<TokenIdentity> tokens) {
        return tokens.stream().collect(Collectors.toMap(t -> t, t -> new SlotId(labels.indexOf(t.label()))));
    }

    private static Pin pin(String characters) {
        return new Pin(characters.toCharArray());
    }
}
