package dev.slotgate.bench;

import dev.slotgate.bench.least.LeastGateway;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.springframework.util.StringUtils;

/** What starts the least gateway: with the options that this JVM has, which are the gateway's, and an AOT cache of its own. */
final class LeastProcess {

    private final Path folder;

    /** @param folder for what it keeps */
    LeastProcess(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** The first one writes the cache when it is stopped, and the others use it. */
    ProcessBuilder next() throws IOException {
        Path cache = folder.resolve("least.aot");
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-X") || argument.startsWith("--enable"))
                .forEach(command::add);
        command.add((Files.exists(cache) ? "-XX:AOTCache=" : "-XX:AOTCacheOutput=") + cache);
        command.addAll(List.of("-cp", jars(), LeastGateway.class.getName(), folder.toString()));
        return new ProcessBuilder(command);
    }

    /** The class path of this JVM; no cache can be made of folders. */
    private String jars() throws IOException {
        var jars = new ArrayList<String>();
        // What ends in a separator would have this JVM's folder on it.
        for (String entry :
                StringUtils.tokenizeToStringArray(System.getProperty("java.class.path"), File.pathSeparator)) {
            Path path = Path.of(entry).toAbsolutePath();
            if (Files.isDirectory(path)) {
                jars.add(jar(path, folder.resolve(jars.size() + ".jar")));
            } else {
                jars.add(path.toString());
            }
        }
        return String.join(File.pathSeparator, jars);
    }

    private static String jar(Path classes, Path jar) throws IOException {
        if (Files.notExists(jar)) {
            try (var out = new JarOutputStream(Files.newOutputStream(jar));
                    Stream<Path> files = Files.walk(classes)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    put(classes.relativize(file).toString(), file, out);
                }
            }
        }
        return jar.toString();
    }

    private static void put(String name, Path file, JarOutputStream out) throws IOException {
        out.putNextEntry(new JarEntry(name));
        Files.copy(file, (OutputStream) out);
        out.closeEntry();
    }
}
