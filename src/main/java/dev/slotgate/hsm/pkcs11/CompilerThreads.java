package dev.slotgate.hsm.pkcs11;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of this JVM that compile what runs often: half of the work of a process that has just begun. */
public final class CompilerThreads {

    private static final Logger LOG = LoggerFactory.getLogger(CompilerThreads.class);

    private static final Path THREADS = Path.of("/proc/self/task");
    private static final int PRIO_PROCESS = 0;
    /** A third of the processor's time of a thread of the usual priority, where they compete. */
    private static final int NICE = 5;

    private CompilerThreads() {}

    /**
     * Has them give way to whoever works in other processes (Linux setpriority, which takes the id of a thread there). Other
     * systems know of no priority of a single thread.
     */
    public static void giveWay() {
        if (!Files.isDirectory(THREADS)) {
            return;
        }
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            MethodHandle setPriority = setPriority();
            for (Path thread : threads) {
                if (Files.readString(thread.resolve("comm")).matches("C[12] Compiler(?s).*")) {
                    int failed = (int) setPriority.invokeExact(
                            PRIO_PROCESS, Integer.parseInt(thread.getFileName().toString()), NICE);
                    LOG.debug("{} gives way: {}", thread, failed == 0);
                }
            }
        } catch (IOException e) {
            LOG.debug("The compiler's threads were not found: {}", e.getMessage());
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("setpriority throws nothing", e);
        }
    }

    @SuppressWarnings("restricted") // calls a function of the C library
    private static MethodHandle setPriority() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("setpriority"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    }
}
