package dev.slotgate.hsm.pkcs11;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The memory of this process, which holds PINs. */
public final class ProcessMemory {

    private static final boolean OS_IS_LINUX = System.getProperty("os.name").startsWith("Linux");
    private static final int PR_SET_DUMPABLE = 4;

    private ProcessMemory() {}

    /**
     * Keeps it from other processes of the same user and from core dumps (Linux prctl PR_SET_DUMPABLE: what is in /proc is
     * then for the superuser only). Other systems have no such call.
     */
    @SuppressWarnings("restricted") // calls a function of the C library
    public static void hide() {
        if (!OS_IS_LINUX) {
            return;
        }
        Linker linker = Linker.nativeLinker();
        MethodHandle prctl = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("prctl"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG),
                Linker.Option.firstVariadicArg(1));
        try {
            if ((int) prctl.invokeExact(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L) != 0) {
                throw new IllegalStateException("the process's memory cannot be hidden");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("prctl throws nothing", e);
        }
    }
}
