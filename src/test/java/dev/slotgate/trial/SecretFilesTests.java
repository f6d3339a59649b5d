package dev.slotgate.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.hsm.StartRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFilesTests {

    @TempDir
    Path temporary;

    @Test
    void nobodyElseCanReadThem() throws Exception {
        Path data = temporary.resolve("data");
        new SecretFiles(data).write("clients/one", "secret");

        assertThat(mode(data)).isEqualTo("rwx------");
        assertThat(mode(data.resolve("clients"))).isEqualTo("rwx------");
        assertThat(mode(data.resolve("clients/one"))).isEqualTo("rw-------");
    }

    @Test
    void aSecretIsMadeOnce() {
        var files = new SecretFiles(temporary);

        assertThat(files.readOrMake("pin", () -> "first")).isEqualTo("first");
        assertThat(files.readOrMake("pin", () -> "second")).isEqualTo("first");
        assertThat(new SecretFiles(temporary).readOrMake("pin", () -> "third")).isEqualTo("first");
    }

    @Test
    void secretsAreRandomAndAsLongAsAskedFor() {
        assertThat(SecretFiles.random(24)).hasSize(24).isNotEqualTo(SecretFiles.random(24));
    }

    @Test
    void aFolderThatCannotBeMadeIsToldByItsName() throws Exception {
        Path file = Files.createFile(temporary.resolve("file"));

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> new SecretFiles(file.resolve("data")))
                .withMessageContaining(file.resolve("data").toString());
    }

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
