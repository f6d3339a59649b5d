package dev.slotgate.hsm.pkcs11;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The environment of this process as native code sees it. Some modules find their configuration only there, and Java has
 * no call to change it. Only before any module is loaded: other threads of native code may read it at any time.
 */
final class NativeEnvironment {

    private NativeEnvironment() {}

    /** Sets a variable, over an older value too (POSIX setenv). */
    @SuppressWarnings("restricted") // calls a function of the C library
    static void set(String name, String value) {
        Linker linker = Linker.nativeLinker();
        MethodHandle setenv = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("setenv"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            int result = (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
            if (result != 0) {
                throw new IllegalArgumentException("the environment variable " + name + " cannot be set");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("setenv throws nothing", e);
        }
    }
}
