package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** The Keycloak that Maven unpacked. */
final class KeycloakFolder {

    private static final Path UNPACKED = Path.of("target/keycloak");
    private static final Path REALM = Path.of("compose/slotgate-realm.json");
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final int NEEDED_MEGABYTES = 1500;

    /** Why a test that needs it is skipped. */
    static final String NOT_USABLE = "Keycloak is not unpacked (mvn dependency:unpack@keycloak), or less than "
            + NEEDED_MEGABYTES + " MB of memory are available for it";

    private static final List<String> BUILD = List.of("build", "--db=dev-file");

    private final Path folder;
    private final Path output;
    private final Map<String, String> environment;

    private KeycloakFolder(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.output = folder.resolve("output.log");
        this.environment = environment;
    }

    /** A condition of JUnit's. */
    static boolean isUsable() throws IOException {
        return unpacked().isPresent() && availableMegabytes() >= NEEDED_MEGABYTES;
    }

    /** It is ready to be started, and knows nothing but the realm file. */
    static KeycloakFolder blank(Map<String, String> environment) throws Exception {
        var folder = new KeycloakFolder(unpacked().orElseThrow(), environment);
        folder.build();
        Path data = folder.folder.resolve("data");
        FileSystemUtils.deleteRecursively(data);
        Files.copy(REALM, Files.createDirectories(data.resolve("import")).resolve(REALM.getFileName()));
        return folder;
    }

    /** Runs its launcher, which answers to SIGTERM. */
    Process run(List<String> arguments) throws IOException {
        var builder = new ProcessBuilder("bin/kc.sh")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.command().addAll(arguments);
        builder.environment().keySet().removeIf(name -> name.startsWith("KC_") || name.startsWith("JAVA_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return "no output: " + e;
        }
    }

    /** Takes some twenty seconds, so it is done once. */
    private void build() throws IOException, InterruptedException {
        Path built = folder.resolve("built-with");
        if (!Files.exists(built) || !Files.readString(built).equals(BUILD.toString())) {
            assertThat(run(BUILD).waitFor()).as(output()).isZero();
            Files.writeString(built, BUILD.toString());
        }
    }

    private static Optional<Path> unpacked() throws IOException {
        if (!Files.isDirectory(UNPACKED)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(UNPACKED)) {
            return versions.filter(folder -> Files.exists(folder.resolve("bin/kc.sh")))
                    .map(Path::toAbsolutePath)
                    .max(Path::compareTo);
        }
    }

    /** Where it cannot be told, there is enough. */
    private static long availableMegabytes() throws IOException {
        if (!Files.isReadable(MEMORY)) {
            return Long.MAX_VALUE;
        }
        return Files.readAllLines(MEMORY).stream()
                .filter(line -> line.startsWith("MemAvailable:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }
}
