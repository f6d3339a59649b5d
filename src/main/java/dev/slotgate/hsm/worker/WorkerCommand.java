package dev.slotgate.hsm.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** How a worker is started: this program with another main class, in a small JVM. */
final class WorkerCommand {

    private static final String CLASS_PATH = System.getProperty("java.class.path");
    private static final String LAUNCHER = "org.springframework.boot.loader.launch.PropertiesLauncher";

    private static final List<String> SMALL = List.of(
            "-Xms12m",
            "-Xmn6m",
            // It grows with the number of keys that are used, and only then.
            "-Xmx128m",
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=30",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:ReservedCodeCacheSize=24m",
            "-XX:-UsePerfData",
            // Gives back what the compilers needed.
            "-XX:TrimNativeHeapInterval=5000",
            // What a start needs, the second compiler need not compile.
            "-XX:Tier2InvokeNotifyFreqLog=14",
            "-XX:Tier2BackedgeNotifyFreqLog=17",
            // And the first one only what is called more often than is usual.
            "-XX:Tier3InvocationThreshold=500",
            "-XX:Tier3MinInvocationThreshold=250",
            "-XX:Tier3CompileThreshold=5000",
            "-XX:Tier3BackEdgeThreshold=150000",
            "--enable-native-access=ALL-UNNAMED");

    /** What is left of a process that crashes, or that somebody looks into, may show a PIN. */
    private static final List<String> SECRETIVE =
            List.of("-XX:+SuppressFatalErrorMessage", "-XX:-CreateCoredumpOnCrash", "-XX:+DisableAttachMechanism");

    /** What is the gateway's own business, or would make the worker's JVM another one. */
    private static final Pattern NOT_FOR_WORKERS = Pattern.compile(
            "(SPRING|SLOTGATE|SERVER|MANAGEMENT)_.*|JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|_JAVA_OPTIONS"
                    + "|.*(PASSWORD|PASSWD|SECRET|CREDENTIAL).*",
            Pattern.CASE_INSENSITIVE);

    private WorkerCommand() {}

    /**
     * For any module: what one must see in the environment is set when it is loaded ({@link dev.slotgate.hsm.ModuleSpec}).
     *
     * @param socket where the gateway waits for it
     */
    static ProcessBuilder of(Path socket) {
        var command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
        command.addAll(SMALL);
        command.addAll(SECRETIVE);
        command.addAll(WorkerCache.options());
        command.add("-Dslf4j.provider=" + WorkerLog.class.getName());
        command.add("-Dslf4j.internal.verbosity=WARN");
        command.addAll(List.of("-cp", CLASS_PATH));
        if (isOneJar()) {
            command.addAll(List.of("-Dloader.main=" + WorkerMain.class.getName(), LAUNCHER));
        } else {
            command.add(WorkerMain.class.getName());
        }
        command.add(socket.toString());
        var builder = new ProcessBuilder(command);
        builder.environment()
                .keySet()
                .removeIf(name -> NOT_FOR_WORKERS.matcher(name).matches());
        // The C library would keep what each of its threads freed; few arenas keep the process small.
        builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
        return builder.redirectOutput(ProcessBuilder.Redirect.INHERIT).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    /** In the one jar that is shipped the classes are in jars of their own, which its launcher finds. */
    private static boolean isOneJar() {
        return WorkerMain.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getProtocol()
                .equals("jar");
    }
}
