package dev.slotgate.hsm.pkcs11;

import dev.slotgate.CCompiler;
import dev.slotgate.SoftHsm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The fault-injecting module of {@code src/test/c} in front of a real one. */
public final class Shim {

    private static final Path SOURCES = Path.of("src/test/c");
    private static final Pattern PLACE = Pattern.compile("X\\((\\d+), (C_\\w+)\\)");

    /** The places of the functions in CK_FUNCTION_LIST, as the source has them. */
    private final Map<String, Integer> places = new TreeMap<>();

    private final Path folder;

    private Shim(Path folder) throws IOException {
        this.folder = folder;
        PLACE.matcher(Files.readString(SOURCES.resolve("shim.h")))
                .results()
                .forEach(place -> places.put(place.group(2), Integer.valueOf(place.group(1))));
    }

    /** Compiles it and puts it in front of SoftHSM; nothing misbehaves yet. */
    public static Shim build(Path folder) throws Exception {
        var shim = new Shim(folder);
        shim.compile();
        shim.rules("");
        NativeVariables.set("SHIM_TARGET", SoftHsm.library().toString());
        NativeVariables.set("SHIM_RULES", shim.folder.resolve("rules").toString());
        NativeVariables.set("SHIM_COUNTERS", shim.counters().toString());
        return shim;
    }

    /** What a process must have in its environment that loads it. */
    public static Map<String, String> environment() {
        return NativeVariables.all();
    }

    public Path library() {
        return folder.resolve("libshim.so");
    }

    /** The library itself, when this is the shim in front of it. */
    static Path behind(Path library) {
        return library.endsWith("libshim.so") ? SoftHsm.library() : library;
    }

    /** Misbehaves like this from now on. */
    public void rules(String rules) throws IOException {
        Path next = Files.writeString(folder.resolve("rules.next"), rules);
        Files.move(next, folder.resolve("rules"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** How often the function was called so far. */
    public long calls(String function) throws IOException {
        return counter(place(function));
    }

    /** How often a rule fired in the function so far. */
    long faults(String function) throws IOException {
        return counter(places.size() + place(function));
    }

    /** The functions in which rules fired, and how often. */
    Map<String, Long> faults() throws IOException {
        var faults = new TreeMap<String, Long>();
        for (String function : places.keySet()) {
            faults.put(function, faults(function));
        }
        faults.values().removeIf(count -> count == 0);
        return faults;
    }

    /**
     * How many sessions the real module has open that somebody may still close: not those for which C_CloseSession was
     * answered with a fault, since a caller can do no more than try.
     */
    long openSessions() throws IOException {
        return counter(2 * places.size());
    }

    private void compile() throws Exception {
        try (Stream<Path> files = Files.list(SOURCES)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".c")).toList();
            CCompiler.library(library(), sources, "-fvisibility=hidden");
        }
    }

    private int place(String function) {
        return Objects.requireNonNull(places.get(function), function);
    }

    private long counter(int place) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(counters()))
                .order(ByteOrder.nativeOrder())
                .getLong(place * Long.BYTES);
    }

    private Path counters() {
        return folder.resolve("counters");
    }
}
