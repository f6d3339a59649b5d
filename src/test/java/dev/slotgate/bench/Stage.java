package dev.slotgate.bench;

import dev.slotgate.hsm.pkcs11.RawToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import org.xipki.pkcs11.wrapper.TokenException;

/** What the measurements share: the raw token, gateways that are started when they are needed first, and what came of it all. */
final class Stage implements AutoCloseable {

    private static final int CONNECTIONS = 16;

    private final Pace pace;
    private final Path folder;
    private final Figures figures = new Figures();
    private final Map<Mode, BenchGateway> gateways = new EnumMap<>(Mode.class);
    private @Nullable RawToken raw;

    /** @param parent where the tokens, databases and journals are for the time being */
    Stage(Pace pace, Path parent) throws Exception {
        this.pace = pace;
        this.folder = Files.createTempDirectory(Files.createDirectories(parent).toAbsolutePath(), "bench");
    }

    Pace pace() {
        return pace;
    }

    Figures figures() {
        return figures;
    }

    RawToken raw() throws Exception {
        if (raw == null) {
            raw = RawToken.on(Files.createDirectory(folder.resolve("raw")));
        }
        return raw;
    }

    /** One that was started before, or is now. */
    BenchGateway gateway(Mode mode) throws Exception {
        BenchGateway known = gateways.get(mode);
        if (known != null) {
            return known;
        }
        say("starting a gateway (%s)".formatted(mode.word()));
        BenchGateway started = BenchGateway.start(folder.resolve(mode.name()), mode);
        gateways.put(mode, started);
        return started;
    }

    /** What loads the gateway with ES256, after it was warmed up with it. */
    BenchGateway.Load signing(Mode mode) throws Exception {
        BenchGateway gateway = gateway(mode);
        BenchGateway.Load load = gateway.load(List.of(new Calls(gateway.admin()).use(RawToken.Use.ES256, 0)));
        // There is no goal for TLS.
        int wanted = mode == Mode.TLS ? Math.ceilDiv(pace.warmUp(), 3) : pace.warmUp();
        int missing = (int) (wanted - gateway.loaded());
        if (missing > 0) {
            load.run(CONNECTIONS, missing);
        }
        return load;
    }

    void say(String what) {
        System.err.println("bench: " + what);
    }

    @Override
    public void close() throws IOException, TokenException {
        for (BenchGateway gateway : gateways.values()) {
            gateway.close();
        }
        if (raw != null) {
            raw.close();
        }
        FileSystemUtils.deleteRecursively(folder);
    }
}
