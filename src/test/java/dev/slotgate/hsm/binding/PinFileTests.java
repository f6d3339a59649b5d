package dev.slotgate.hsm.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.TokenIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinFileTests {

    private static final TokenIdentity TOKEN = new TokenIdentity("default", "1", "slot-0");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"pä€1", "pä€1\n", "pä€1\r\n"})
    void isOneLineOfUtf8(String content) throws Exception {
        Path file = Files.writeString(folder.resolve("pin"), content);

        Pin pin = new PinFile(file).userPin(TOKEN).orElseThrow();

        assertThat(pin.characters()).containsExactly("pä€1".toCharArray());
    }

    @Test
    void withoutAFileThereIsNoPin() {
        assertThat(new PinFile(null).userPin(TOKEN)).isEmpty();
    }

    @Test
    void aMissingFileGivesNoPin() {
        assertThat(new PinFile(folder.resolve("none")).userPin(TOKEN)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "1234\n5678\n"})
    void aFileThatIsNotOneLineGivesNoPinSinceATryWouldBeLost(String content) throws Exception {
        Path file = Files.writeString(folder.resolve("pin"), content);
        assertThat(new PinFile(file).userPin(TOKEN)).isEmpty();
    }

    @Test
    void aFileThatIsNotUtf8GivesNoPin() throws Exception {
        Path file = Files.write(folder.resolve("pin"), new byte[] {'1', '2', (byte) 0xff, '4'});
        assertThat(new PinFile(file).userPin(TOKEN)).isEmpty();
    }
}
