package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.hsm.StartRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryCheckTests {

    @Test
    void saysThatThereIsNoFile() {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> LibraryCheck.check("hsm", Path.of("/nowhere/at-all.so")))
                .withMessageContaining("module 'hsm'")
                .withMessageContaining("there is no file /nowhere/at-all.so");
    }

    @Test
    void saysThatAFileIsNoSharedLibrary(@TempDir Path folder) throws Exception {
        Path text = Files.writeString(folder.resolve("text.so"), "not a library");

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> LibraryCheck.check("hsm", text))
                .withMessageContaining("is not a shared library");
    }

    @Test
    void saysThatALibraryIsNoPkcs11Module() {
        Path ordinary = Path.of(System.getProperty("java.home"), "lib", "libjava.so");

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> LibraryCheck.check("hsm", ordinary))
                .withMessageContaining("is not a PKCS#11 library");
    }
}
