package dev.slotgate;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Compiles what tests have in C; skips the test where nothing does. */
public final class CCompiler {

    private CCompiler() {}

    /** What takes the place of functions of another library, or is loaded as one. */
    public static Path library(Path made, List<Path> sources, String... options) throws Exception {
        var all = new ArrayList<>(List.of("-shared", "-fPIC"));
        all.addAll(List.of(options));
        return compile(made, sources, all);
    }

    static Path program(Path made, Path source) throws Exception {
        return compile(made, List.of(source), List.of());
    }

    private static Path compile(Path made, List<Path> sources, List<String> options) throws Exception {
        var command = new ArrayList<>(List.of("cc", "-O2", "-Wall"));
        command.addAll(options);
        command.addAll(List.of("-o", made.toString()));
        sources.forEach(source -> command.add(source.toString()));
        command.addAll(List.of("-ldl", "-lpthread"));
        try {
            Process compiler =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String printed = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (compiler.waitFor() != 0) {
                throw new IllegalStateException(made.getFileName() + " does not compile: " + printed);
            }
        } catch (IOException e) {
            abort("there is no C compiler: apt-get install gcc libc6-dev");
        }
        return made;
    }
}
