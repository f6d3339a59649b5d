package dev.slotgate.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ConcatKdfTests {

    /** RFC 7518 appendix C: the shared secret Z, and the key that comes of it. */
    private static final byte[] Z = {
        (byte) 158,
        86,
        (byte) 217,
        29,
        (byte) 129,
        113,
        53,
        (byte) 211,
        114,
        (byte) 131,
        66,
        (byte) 131,
        (byte) 191,
        (byte) 132,
        38,
        (byte) 156,
        (byte) 251,
        49,
        110,
        (byte) 163,
        (byte) 218,
        (byte) 128,
        106,
        72,
        (byte) 246,
        (byte) 218,
        (byte) 167,
        121,
        (byte) 140,
        (byte) 254,
        (byte) 144,
        (byte) 196
    };

    @Test
    void derivesTheKeyOfTheStandard() {
        assertThat(Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(ConcatKdf.derive(Z, 128, "A128GCM", text("Alice"), text("Bob"))))
                .isEqualTo("VqqN6vgjbSBcIijNcacQGg");
    }

    @Test
    void derivesAsLongAKeyAsIsWanted() {
        for (int bits : new int[] {8, 256, 264, 512, 4096}) {
            assertThat(ConcatKdf.derive(Z, bits, "", text(""), text(""))).hasSize(bits / 8);
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
