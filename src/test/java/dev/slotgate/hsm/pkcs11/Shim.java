package dev.slotgate.hsm.pkcs11;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.slotgate.SoftHsm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;

/** The fault-injecting module of {@code src/test/c/shim.c} in front of SoftHSM; skips the test where nothing compiles it. */
final class Shim {

    private static final Path SOURCE = Path.of("src/test/c/shim.c");
    /** The places of functions in CK_FUNCTION_LIST. */
    private static final Map<String, Integer> PLACES = Map.of("C_Login", 18, "C_Sign", 43);

    private final Path folder;

    private Shim(Path folder) {
        this.folder = folder;
    }

    /** Compiles it and sets it up; nothing misbehaves yet. */
    static Shim build(Path folder) throws Exception {
        var shim = new Shim(folder);
        Process compiler;
        try {
            compiler = new ProcessBuilder(
                            "cc",
                            "-O1",
                            "-shared",
                            "-fPIC",
                            "-o",
                            shim.library().toString(),
                            SOURCE.toString(),
                            "-ldl",
                            "-lpthread")
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            return abort("there is no C compiler: apt-get install gcc libc6-dev");
        }
        String printed = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (compiler.waitFor() != 0) {
            throw new IllegalStateException("the shim does not compile: " + printed);
        }
        shim.rules("");
        NativeEnvironment.set("SHIM_TARGET", SoftHsm.library().toString());
        NativeEnvironment.set("SHIM_RULES", shim.folder.resolve("rules").toString());
        NativeEnvironment.set("SHIM_COUNTERS", shim.counters().toString());
        return shim;
    }

    Path library() {
        return folder.resolve("libshim.so");
    }

    /** Misbehaves like this from now on. */
    void rules(String rules) throws IOException {
        Path next = Files.writeString(folder.resolve("rules.next"), rules);
        Files.move(next, folder.resolve("rules"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** How often the function was called so far. */
    long calls(String function) throws IOException {
        int place = Objects.requireNonNull(PLACES.get(function));
        return ByteBuffer.wrap(Files.readAllBytes(counters()))
                .order(ByteOrder.nativeOrder())
                .getLong(place * Long.BYTES);
    }

    private Path counters() {
        return folder.resolve("counters");
    }
}
