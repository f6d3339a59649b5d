package dev.slotgate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the system says of a process, in {@code /proc/<pid>}. */
final class ProcessFigures {

    /** USER_HZ, which is the same on every Linux that Java runs on. */
    private static final long MICROS_A_TICK = 10_000;

    /** Of utime among the fields after the command's name; stime follows. */
    private static final int USER_TIME = 11;

    private ProcessFigures() {}

    /** The processor time that it took since its start, in user mode and in the kernel, in microseconds. */
    static long cpuMicros(ProcessHandle process) throws IOException {
        return cpuMicros(Files.readString(file(process, "stat")));
    }

    static long cpuMicros(String stat) {
        // The name may have spaces and brackets in it.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1])) * MICROS_A_TICK;
    }

    /** In KiB: {@code Pss}, its share of what it has in common with others, or {@code Rss}, all of it. */
    static long memory(ProcessHandle process, String kind) throws IOException {
        return memory(Files.readString(file(process, "smaps_rollup")), kind);
    }

    static long memory(String rollup, String kind) {
        return rollup.lines()
                .filter(line -> line.startsWith(kind + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private static Path file(ProcessHandle process, String name) {
        return Path.of("/proc", Long.toString(process.pid()), name);
    }
}
