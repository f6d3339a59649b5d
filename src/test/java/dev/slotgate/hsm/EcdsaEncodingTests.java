package dev.slotgate.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EcdsaEncodingTests {

    private static final HexFormat HEX = HexFormat.of();

    @Test
    void keepsSmallNumbersAtFullLengthInRawAndAtTheirOwnInDer() {
        byte[] raw = HEX.parseHex("00000001" + "ff000000");
        byte[] der = HEX.parseHex("300a" + "020101" + "020500ff000000");

        assertThat(EcdsaEncoding.toDer(raw)).isEqualTo(der);
        assertThat(EcdsaEncoding.toRaw(der, 4)).contains(raw);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "00", // no sequence
                "3006020101020101" + "00", // something behind it
                "30060201010201", // cut off
                "3003020101", // one number
                "3009020101020101020101", // three numbers
                "300602017f0201ff", // a negative number
                "30070202000102017f", // a number with a needless zero
                "308006020101020101", // a length in a longer form than needed
                "300a02010102050100000000", // a number too large for the field
                "30060401010401" + "01" // other types
            })
    void takesNothingButTheOneEncoding(String der) {
        assertThat(EcdsaEncoding.toRaw(HEX.parseHex(der), 4)).isEmpty();
    }
}
