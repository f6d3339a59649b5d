package dev.slotgate.remote.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies as p11-kit's clients send them, captured on the wire, and the answers that they take. */
class CallShapeTests {

    @Test
    void theFirstCallIsReadAsTheOldClientSendsIt() throws Exception {
        byte[] frame = hex("00000010 00000006 00000042 636c69656e74 00000001 00000005 6179796179 01"
                + " 00000029505249564154452d474e4f4d452d4b455952494e472d504b435331312d50524f544f434f4c2d562d31 00"
                + " 01 00000001 00");

        Frame read = Frame.read(frame[0], new ByteArrayInputStream(frame, 1, frame.length - 1), _ -> {});
        var shape = new CallShape(1, "C_Initialize", "ayyay", "");
        Arguments arguments = new RequestBody(read.body(), Dialect.V0).read(shape);

        assertThat(read.code()).isEqualTo(0x10);
        assertThat(new String(arguments.bytesOrNone(0), StandardCharsets.US_ASCII))
                .isEqualTo("PRIVATE-GNOME-KEYRING-PKCS11-PROTOCOL-V-1");
        var answer = new ByteArrayOutputStream();
        new Frame(read.code(), shape.answer(Dialect.V0, List.of())).write(answer);
        assertThat(answer.toByteArray()).isEqualTo(hex("00000010 00000000 00000008 00000001 00000000"));
    }

    @Test
    void aListThatIsAskedForItsLengthIsAnsweredWithItsLength() throws Exception {
        var shape = new CallShape(4, "C_GetSlotList", "yfu", "au");
        Arguments query = read(shape, Dialect.V0, "00000004 00000003 796675 00 00000000");
        Arguments call = read(shape, Dialect.V0, "00000004 00000003 796675 00 00000004");
        List<Long> slots = List.of(0xb7cbc9L, 0x651918b4L, 0x7b19bbddL, 3L);

        assertThat(shape.answer(Dialect.V0, List.of(Sized.of(slots, query.room(1)))))
                .isEqualTo(hex("00000004 00000002 6175 00 00000004"));
        assertThat(shape.answer(Dialect.V0, List.of(Sized.of(slots, call.room(1)))))
                .isEqualTo(hex("00000004 00000002 6175 01 00000004 0000000000b7cbc9 00000000651918b4"
                        + "000000007b19bbdd 0000000000000003"));
    }

    @Test
    void aLoginIsReadAndAnsweredWithAReturnCode() throws Exception {
        var shape = new CallShape(18, "C_Login", "uuay", "");
        Arguments login = read(
                shape, Dialect.V0, "00000012 00000004 75756179 0000000000000001 0000000000000001 01 00000004 31323334");

        assertThat(login.number(0)).isEqualTo(1);
        assertThat(login.bytesOrNone(2)).asString().isEqualTo("1234");
        assertThat(shape.answer(Dialect.V0, List.of())).isEqualTo(hex("00000012 00000000"));
        assertThat(RequestBody.error(0xa0)).isEqualTo(hex("00000000 00000001 75 00000000000000a0"));
        login.wipe();
        assertThat(login.bytesOrNone(2)).containsOnly(0);
    }

    @Test
    void aNullPointerIsReadInBothWaysThatItIsWritten() throws Exception {
        var shape = new CallShape(18, "C_Login", "uuay", "");
        String start = "00000012 00000004 75756179 0000000000000001 0000000000000001";

        assertThat(read(shape, Dialect.V0, start + "00 00000000").bytes(2)).isNull();
        assertThat(read(shape, Dialect.V1, start + "01 ffffffff").bytes(2)).isNull();
    }

    @Test
    void aTemplateIsRead() throws Exception {
        var shape = new CallShape(26, "C_FindObjectsInit", "uaA", "");
        Arguments search = read(
                shape,
                Dialect.V0,
                "0000001a 00000003 756141 0000000000000001 00000002"
                        + "00000000 01 00000008 0000000000000003 00000102 01 00000001 00000001 02");

        assertThat(search.attributes(1))
                .containsExactly(
                        new Attribute(0, new Attribute.Numeric(3)),
                        new Attribute(0x102, new Attribute.Bytes(new byte[] {2})));
        assertThat(new CallShape(27, "C_FindObjects", "ufu", "au")
                        .answer(Dialect.V0, List.of(Sized.of(List.of(2L), 1))))
                .isEqualTo(hex("0000001b 00000002 6175 01 00000001 0000000000000002"));
    }

    @ParameterizedTest
    @CsvSource({
        "V0, 0000002a 00000003 754d75 0000000000000001 00001041 ffffffff 0000000000000002, 2",
        "V1, 0000002a 00000003 754d75 0000000000000001 00001041 ffffffff 0000000000000002, 2",
        "V2, 0000002a 00000003 754d75 0000000000000003 00001041 0000000000000004, 4",
    })
    void aMechanismWithoutAParameterIsReadAsItsReleaseWritesIt(Dialect dialect, String body, long key)
            throws Exception {
        Arguments init = read(new CallShape(42, "C_SignInit", "uMu", ""), dialect, body);

        assertThat(init.mechanism(1)).isEqualTo(new Mechanism(0x1041, List.of()));
        assertThat(init.number(2)).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "V1, 0000001d 00000003 754d75 0000000000000008 00001085 00000010 000102030405060708090a0b0c0d0e0f"
                + " 0000000000000009",
        "V2, 0000001d 00000003 754d75 0000000000000005 00001085 01 00000010 000102030405060708090a0b0c0d0e0f"
                + " 0000000000000006",
    })
    void aMechanismWithAParameterIsReadAsItsReleaseWritesIt(Dialect dialect, String body) throws Exception {
        Mechanism mechanism = read(new CallShape(29, "C_EncryptInit", "uMu", ""), dialect, body)
                .mechanism(1);

        assertThat(mechanism.type()).isEqualTo(0x1085);
        assertThat(mechanism.bytes(0)).isEqualTo(hex("000102030405060708090a0b0c0d0e0f"));
    }

    @Test
    void theNullMechanismEndsAnOperation() throws Exception {
        Arguments init = read(
                new CallShape(42, "C_SignInit", "uMu", ""),
                Dialect.V2,
                "0000002a 00000003 754d75 0000000000000003 ffffffff 0000000000000000");

        assertThat(init.mechanism(1).isNone()).isTrue();
    }

    @Test
    void attributesAreAnsweredWithTheirLengthInTheMemoryOfTheClient() throws Exception {
        var shape = new CallShape(24, "C_GetAttributeValue", "uufA", "aAu");
        Arguments query = read(
                shape,
                Dialect.V0,
                "00000018 00000004 75756641 0000000000000001 0000000000000002 00000001 00000202 00000001");

        assertThat(query.queries(2)).containsExactly(new AttributeQuery(0x202, 1));
        assertThat(shape.answer(Dialect.V0, List.of(List.of(new Attribute(0x202, new Attribute.Flag(false))), 0L)))
                .isEqualTo(hex("00000018 00000003 614175 00000001 00000202 01 00000001 00 0000000000000000"));
        assertThat(shape.answer(Dialect.V0, List.of(List.of(new Attribute(0x202, null)), 0x12L)))
                .isEqualTo(hex("00000018 00000003 614175 00000001 00000202 00 0000000000000012"));
        assertThat(shape.answer(
                        Dialect.V2,
                        List.of(
                                List.of(new Attribute(0x40000600, new Attribute.MechanismTypes(List.of(0x1041L)))),
                                0L)))
                .isEqualTo(hex("00000018 00000003 614175 00000001 40000600 01 00000008 00000001 0000000000001041"
                        + "0000000000000000"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000002b",
                "0000002b 00000005 7561796680",
                "0000002b 00000005 7561796679 0000000000000001 01 00000020 00",
                "0000002b 00000005 7561796679 0000000000000001 01 7fffffff 00",
                "0000002b 00000005 7561796679 0000000000000001 01 80000000 00",
                "0000002b 00000005 7561796679 0000000000000001 01 00000001 00 00000200 00",
            })
    void whatIsNoCallIsRefused(String body) {
        assertThatExceptionOfType(MalformedFrame.class)
                .isThrownBy(() -> read(new CallShape(43, "C_Sign", "uayfy", "ay"), Dialect.V0, body));
    }

    @Test
    void noRoomIsMadeForWhatDidNotCome() {
        var search = new CallShape(26, "C_FindObjectsInit", "uaA", "");
        String nested = "0000001a 00000003 756141 0000000000000001 " + "00000001 40000211 01 00000018".repeat(12);

        assertThatExceptionOfType(MalformedFrame.class)
                .isThrownBy(() -> read(search, Dialect.V2, "0000001a 00000003 756141 0000000000000001 7fffffff"));
        assertThatExceptionOfType(MalformedFrame.class)
                .isThrownBy(() -> read(search, Dialect.V2, nested + "00000000"))
                .withMessageContaining("nested");
        assertThatExceptionOfType(MalformedFrame.class)
                .isThrownBy(() -> Frame.read(0, new ByteArrayInputStream(hex("000010 00000000 7ffffff0")), _ -> {}));
        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(
                        () -> Frame.read(0, new ByteArrayInputStream(hex("000010 00000000 00100000 0000")), _ -> {}));
    }

    @Test
    void whatIsTooLongForABufferIsAnsweredWithItsLength() {
        byte[] signature = new byte[64];

        assertThat(Sized.of(signature, 0).content()).isNull();
        assertThat(Sized.of(signature, 63).content()).isNull();
        assertThat(Sized.of(signature, 64).content()).isEqualTo(signature);
        assertThat(Sized.of(new byte[0], 0xffffffffL).content()).isEqualTo(new byte[0]);
        assertThat(Sized.of(signature, 0xffffffffL).length()).isEqualTo(64);
    }

    @ParameterizedTest
    @CsvSource({"0, V0, 0", "1, V1, 1", "2, V2, 2", "3, V2, 2", "255, V2, 2"})
    void theVersionThatIsOfferedIsAnswered(int offered, Dialect dialect, int answered) {
        assertThat(Dialect.offered(offered)).isEqualTo(dialect);
        assertThat(dialect.version()).isEqualTo(answered);
    }

    private static Arguments read(CallShape shape, Dialect dialect, String body) throws MalformedFrame {
        return new RequestBody(hex(body), dialect).read(shape);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
