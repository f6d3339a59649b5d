package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A gateway that {@code ./slotgate run} started, as its operator sees it: a process, its output, its exit code. */
public final class LaunchedGateway implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    /** What the JVMs of this run are told beside what is told all: most end before the second compiler would have paid off. */
    private static final String JVM = System.getProperty("slotgate.jvm", "");

    private final Process process;
    private final Path output;
    private final Path data;

    private LaunchedGateway(Process process, Path output, Path data) {
        this.process = process;
        this.output = output;
        this.data = data;
    }

    /** Starts one on a free port; does not wait for anything. */
    public static LaunchedGateway start(Path data, Map<String, String> environment, String... arguments)
            throws IOException {
        var builder = new ProcessBuilder("./slotgate", "run");
        builder.command().addAll(List.of(arguments));
        builder.environment().put("SLOTGATE_DATA", data.toString());
        builder.environment().put("SERVER_PORT", "0");
        if (!JVM.isEmpty()) {
            builder.environment().put("JDK_JAVA_OPTIONS", JVM);
            builder.environment().put("SLOTGATE_AUDIT_PATIENCE", TrialInitializer.AUDIT_PATIENCE);
        }
        builder.environment().putAll(environment);
        return start(data, builder);
    }

    /** Starts what is no gateway, and writes where it listens as one does. */
    public static LaunchedGateway start(Path data, ProcessBuilder builder) throws IOException {
        Path output = Files.createTempFile("slotgate", ".log");
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        return new LaunchedGateway(builder.start(), output, data);
    }

    public LaunchedGateway awaitReady() {
        await().atMost(PATIENCE).until(() -> !process.isAlive() || Files.exists(data.resolve("gateway.url")));
        assertThat(process.isAlive()).as(output()).isTrue();
        return this;
    }

    public String url() throws IOException {
        return Files.readString(data.resolve("gateway.url")).trim();
    }

    /** What it printed, without the JVM's word on what it was told here. */
    public String output() {
        try {
            return Files.readString(output).replace("NOTE: Picked up JDK_JAVA_OPTIONS: " + JVM + "\n", "");
        } catch (IOException e) {
            return "no output: " + e;
        }
    }

    /** Asks it to stop, as Ctrl-C and service managers do. */
    public int stop() throws InterruptedException {
        process.destroy();
        return exitCode();
    }

    /** Ends it without a word (SIGKILL). Its address, which it leaves behind, is cleared away for the next one. */
    void kill() {
        process.destroyForcibly().onExit().join();
        data.resolve("gateway.url").toFile().delete();
    }

    public ProcessHandle process() {
        return process.toHandle();
    }

    /** The processes that it started. */
    public Stream<ProcessHandle> processes() {
        return process.descendants();
    }

    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(output())
                .isTrue();
        return process.exitValue();
    }

    /** A worker ends when it finds the gateway gone, and may be writing to a token until then. */
    @Override
    public void close() throws IOException {
        List<ProcessHandle> workers = processes().toList();
        process.destroyForcibly().onExit().join();
        workers.forEach(worker -> worker.onExit()
                .completeOnTimeout(worker, PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join());
        Files.deleteIfExists(output);
    }

    /** Runs a command of somebody else's and answers what it printed. */
    static String shell(Path folder, Map<String, String> environment, String script) throws Exception {
        var builder = new ProcessBuilder("sh", "-ec", script)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }
}
