package dev.slotgate.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.Usage;
import dev.slotgate.remote.wire.Attribute;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the key policy makes of the templates of stock tools. */
class TemplatesTests {

    @ParameterizedTest
    @CsvSource({
        "RSA, SIGN",
        "EC, SIGN",
        "OKP, SIGN",
        "AES, ENCRYPT",
        "HMAC, MAC",
    })
    void aTemplateWithoutAPurposeAndOneWithAllGetTheFirstOfTheType(KeyType type, Usage usage) {
        assertThat(lenient().usage(type, flags(), flags())).isEqualTo(usage);
        assertThat(lenient().usage(type, flags(0x104, 0x106, 0x10a), flags(0x105, 0x107, 0x108, 0x10c)))
                .isEqualTo(usage);
    }

    @ParameterizedTest
    @CsvSource({
        "RSA, 0x105, DECRYPT",
        "RSA, 0x104, DECRYPT",
        "RSA, 0x107, WRAP",
        "EC, 0x10c, DERIVE",
        "AES, 0x106, WRAP",
        "AES, 0x108, MAC",
        "AES, 0x105, ENCRYPT",
    })
    void aTemplateWithOnePurposeGetsIt(KeyType type, String attribute, Usage usage) {
        Template template = flags(Long.decode(attribute));

        assertThat(lenient().usage(type, flags(), template)).isEqualTo(usage);
        assertThat(strict().usage(type, flags(), template)).isEqualTo(usage);
    }

    @Test
    void strictModeRefusesWhatIsNarrowedOtherwise() {
        assertThatExceptionOfType(CallRefused.class)
                .isThrownBy(() -> strict().usage(KeyType.RSA, flags(), flags(0x105, 0x108)))
                .extracting(CallRefused::code)
                .isEqualTo(ReturnCode.TEMPLATE_INCONSISTENT);
        var inTheClear = new Template(List.of(new Attribute(Cryptoki.SENSITIVE, new Attribute.Flag(false))));
        assertThat(lenient().mayLeave(inTheClear)).isFalse();
        assertThatExceptionOfType(CallRefused.class).isThrownBy(() -> strict().mayLeave(inTheClear));
    }

    @Test
    void anAttributeThatComesTwiceIsRefused() {
        assertThatExceptionOfType(CallRefused.class).isThrownBy(() -> flags(0x108, 0x108));
    }

    private static Template flags(long... set) {
        return new Template(LongStream.of(set)
                .mapToObj(type -> new Attribute(type, new Attribute.Flag(true)))
                .toList());
    }

    private static Templates lenient() {
        return templates(false);
    }

    private static Templates strict() {
        return templates(true);
    }

    private static Templates templates(boolean strict) {
        return new Templates(
                new RemoteSettings(false, null, null, InetAddress.getLoopbackAddress(), strict, List.of()));
    }
}
