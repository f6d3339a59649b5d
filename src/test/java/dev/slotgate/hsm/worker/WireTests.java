package dev.slotgate.hsm.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTests {

    private final WireWriter writer = new WireWriter();

    @Test
    void valuesComeBackInTheirOrder() {
        writer.putInt(-2);
        writer.putString("plain");
        writer.putLong(1L << 40);
        writer.putBoolean(true);
        writer.putString("plain, then ä€𝄞");
        writer.putBytes(new byte[1000]);
        writer.putByte(255);

        WireReader reader = new WireReader(writer.toBytes());
        assertThat(reader.takeInt()).isEqualTo(-2);
        assertThat(reader.takeString()).isEqualTo("plain");
        assertThat(reader.takeLong()).isEqualTo(1L << 40);
        assertThat(reader.takeBoolean()).isTrue();
        assertThat(reader.takeString()).isEqualTo("plain, then ä€𝄞");
        assertThat(reader.takeBytes()).hasSize(1000);
        assertThat(reader.takeByte()).isEqualTo(255);
    }

    @Test
    void numbersAreBigEndian() {
        writer.putInt(0x01020304);
        assertThat(writer.toBytes()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void aBooleanIsZeroOrOne() {
        assertRefused(WireReader::takeBoolean, 2);
    }

    @Test
    void aTextIsUtf8() {
        assertRefused(WireReader::takeString, 0, 0, 0, 2, 0xc3, 0x28);
        assertRefused(WireReader::takeString, 0, 0, 0, 3, 0xed, 0xa0, 0x80);
        assertRefused(WireReader::takeString, 0, 0, 0, 2, 0xc0, 0x80);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "a\udc00b", "ä\ud800"})
    void halfASurrogatePairIsRefused(String text) {
        assertThatExceptionOfType(WireException.class).isThrownBy(() -> writer.putString(text));
    }

    @Test
    void aLengthIsNoMoreThanWhatIsLeft() {
        assertRefused(WireReader::takeBytes, 0, 0, 0, 2, 1);
        assertRefused(WireReader::takeBytes, 0x7f, 0xff, 0xff, 0xff, 1);
        assertRefused(WireReader::takeBytes, 0xff, 0xff, 0xff, 0xff, 1);
        assertRefused(WireReader::takeString, 0x7f, 0xff, 0xff, 0xff, 1);
        assertRefused(WireReader::takeChars, 0, 0, 0, 1, 1);
        assertRefused(WireReader::takeChars, 0x80, 0, 0, 0, 1, 1);
    }

    @Test
    void aRefusalDoesNotShowWhatCame() {
        byte[] bytes = "\0\0\0\uffffsecret".getBytes(StandardCharsets.ISO_8859_1);
        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> new WireReader(bytes).takeString())
                .withMessage("expected no more bytes of text than there is room for")
                .withNoCause();
    }

    private static void assertRefused(Function<WireReader, ?> take, int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        assertThatExceptionOfType(WireException.class).isThrownBy(() -> take.apply(new WireReader(content)));
    }
}
