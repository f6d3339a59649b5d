package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.StartRefused;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Looks at a library before the wrapper loads it: on one that is no PKCS#11 module the wrapper crashes the process. */
final class LibraryCheck {

    private static final String ENTRY_POINT = "C_GetFunctionList";

    private static final boolean OS_IS_LINUX = System.getProperty("os.name").startsWith("Linux");
    private static final byte[] ELF_MAGIC = {0x7f, 'E', 'L', 'F'};

    private LibraryCheck() {}

    /** @throws StartRefused when there is no such file, it cannot be loaded, or it is not a PKCS#11 module */
    @SuppressWarnings("restricted") // loads the library, as the wrapper will
    static void check(String module, Path library) {
        if (!Files.isRegularFile(library)) {
            throw refused(module, "there is no file " + library);
        }
        if (OS_IS_LINUX && !isElf(library)) {
            throw refused(module, library + " is not a shared library");
        }
        try (Arena arena = Arena.ofConfined()) {
            if (SymbolLookup.libraryLookup(library.toAbsolutePath(), arena)
                    .find(ENTRY_POINT)
                    .isEmpty()) {
                throw refused(module, library + " is not a PKCS#11 library: it has no function " + ENTRY_POINT);
            }
        } catch (IllegalArgumentException e) {
            throw refused(module, library + " cannot be loaded as a shared library");
        }
    }

    /** The JVM grumbles at files of other kinds before it refuses them. */
    private static boolean isElf(Path library) {
        try (InputStream file = Files.newInputStream(library)) {
            return Arrays.equals(file.readNBytes(ELF_MAGIC.length), ELF_MAGIC);
        } catch (IOException e) {
            return false;
        }
    }

    private static StartRefused refused(String module, String why) {
        return new StartRefused("PKCS#11 module '" + module + "': " + why + ". Set slotgate.modules[].library to the "
                + "library of your token.");
    }
}
