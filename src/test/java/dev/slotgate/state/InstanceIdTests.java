package dev.slotgate.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceIdTests {

    @TempDir
    Path temporary;

    @Test
    void isMadeOnceForADataFolder() throws Exception {
        Path data = temporary.resolve("data");
        String made = idOf(data);

        assertThat(made).matches("[0-9a-f]{16}");
        assertThat(idOf(data)).isEqualTo(made);
        assertThat(idOf(temporary.resolve("other"))).isNotEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("instance-id"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileThatAStartCutShortLeftEmptyIsFilled() throws Exception {
        Files.createFile(temporary.resolve("instance-id"));
        assertThat(idOf(temporary)).matches("[0-9a-f]{16}").isEqualTo(idOf(temporary));
    }

    @Test
    void aFileThatHoldsSomethingElseIsRefused() throws Exception {
        for (String other : new String[] {"0123", "0123456789ABCDEF", "0123456789abcdef0", "\n"}) {
            Files.writeString(temporary.resolve("instance-id"), other);
            assertRefused(temporary, "must hold 16 hex digits");
        }
        Files.writeString(temporary.resolve("instance-id"), "0123456789abcdef");
        assertThat(idOf(temporary)).as("what was refused is not locked").isEqualTo("0123456789abcdef");
    }

    @Test
    void aFolderServesOneGateway() {
        try (var first = InstanceId.in(temporary)) {
            assertRefused(temporary, "another gateway uses the data folder.");
            assertThat(first.text()).isNotEmpty();
        }
        assertThat(idOf(temporary)).isNotEmpty();
    }

    @Test
    void aFolderThatCannotBeMadeIsToldByItsName() throws Exception {
        Path file = Files.createFile(temporary.resolve("file"));
        assertRefused(file.resolve("data"), "The data folder " + file.resolve("data") + " cannot be made.");
    }

    private static String idOf(Path data) {
        try (var id = InstanceId.in(data)) {
            return id.text();
        }
    }

    private static void assertRefused(Path data, String why) {
        assertThatExceptionOfType(StateUnusable.class)
                .isThrownBy(() -> InstanceId.in(data))
                .withMessageContaining(why);
    }
}
