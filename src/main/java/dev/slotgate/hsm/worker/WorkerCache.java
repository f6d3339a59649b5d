package dev.slotgate.hsm.worker;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The AOT cache (JEP 514) of workers, which lies beside that of the gateway. They do not share one: a JVM loads all classes of its
 * cache, and a worker needs few of the gateway's.
 */
final class WorkerCache {

    private static final String SUFFIX = ".worker";
    private static final AtomicBoolean RECORDED = new AtomicBoolean();

    private WorkerCache() {}

    /** What a worker's JVM is told about it: to use it, to record one when the gateway does, or nothing. */
    static List<String> options() {
        String recorded = valueOf("AOTCacheOutput");
        if (!recorded.isEmpty()) {
            // The first one loads the module; a spare one would record little.
            return RECORDED.getAndSet(true)
                    ? List.of()
                    : List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + recorded + SUFFIX);
        }
        String used = valueOf("AOTCache");
        boolean there = !used.isEmpty() && Files.exists(Path.of(used + SUFFIX));
        return there ? List.of("-XX:AOTCache=" + used + SUFFIX) : List.of();
    }

    private static String valueOf(String option) {
        return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption(option)
                .getValue();
    }
}
