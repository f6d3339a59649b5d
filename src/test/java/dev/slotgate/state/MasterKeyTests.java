package dev.slotgate.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeyTests {

    @TempDir
    Path temporary;

    @Test
    void isMadeOnceAtRandomForTheOwnerOnly() throws Exception {
        Path folder = temporary.resolve("data");
        Path file = folder.resolve("master.key");
        MasterKey made = MasterKey.readOrMake(file);

        assertThat(Files.readAllBytes(file)).hasSize(32);
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(mode(folder)).isEqualTo("rwx------");
        try (var files = Files.list(folder)) {
            assertThat(files).as("nothing unfinished is left").containsExactly(file);
        }
        assertThat(MasterKey.readOrMake(file).hmac("a")).isEqualTo(made.hmac("a"));
        assertThat(MasterKey.readOrMake(temporary.resolve("other")).hmac("a")).isNotEqualTo(made.hmac("a"));
    }

    @Test
    void theHmacIsTheOneOfRfc2104OverPartsWithTheirLengths() throws Exception {
        byte[] key = HexFormat.of().parseHex("0123456789abcdef".repeat(4));
        Mac expected = Mac.getInstance("HmacSHA256");
        expected.init(new SecretKeySpec(key, "HmacSHA256"));

        assertThat(MasterKey.readOrMake(file(key)).hmac("tag", bytes("part")))
                .isEqualTo(expected.doFinal(bytes("\0\0\0\3tag\0\0\0\4part")));
    }

    @Test
    void partsDoNotRunIntoOneAnother() throws Exception {
        MasterKey key = MasterKey.readOrMake(temporary.resolve("key"));

        assertThat(Stream.of(
                                key.hmac("a", bytes("bc")),
                                key.hmac("ab", bytes("c")),
                                key.hmac("a", bytes("b"), bytes("c")),
                                key.hmac("a", bytes("bc"), bytes("")),
                                key.hmac("a"))
                        .map(HexFormat.of()::formatHex))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33, 5000})
    void aFileOfAnotherLengthIsRefusedAndLeftAsItIs(int length) throws Exception {
        Path file = file(new byte[length]);

        assertRefused(file, "must be 32 bytes");
        assertThat(file).hasSize(length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw----", "rw----r--", "rw--w----", "r-----r--"})
    void aFileThatIsOpenToOthersIsRefused(String permissions) throws Exception {
        Path file = file(new byte[32]);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        assertRefused(file, "is open to others");
    }

    @Test
    void aFileThatOnlyItsOwnerMayReadIsEnough() throws Exception {
        Path file = file(new byte[32]);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));

        assertThat(MasterKey.readOrMake(file).hmac("a")).hasSize(32);
    }

    @Test
    void whatCannotBeReadOrMadeIsRefused() throws Exception {
        assertRefused(Files.createDirectory(temporary.resolve("folder")), "cannot be read");
        assertRefused(file(new byte[1]).resolve("below/a/file"), "cannot be made");
    }

    @Test
    void doesNotShowItself() throws Exception {
        assertThat(MasterKey.readOrMake(file(bytes("0123456789abcdef0123456789abcdef"))))
                .hasToString("MasterKey[hidden]");
    }

    private Path file(byte[] content) throws Exception {
        Path file = Files.write(temporary.resolve("master.key"), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static void assertRefused(Path file, String why) {
        assertThatExceptionOfType(StateUnusable.class)
                .isThrownBy(() -> MasterKey.readOrMake(file))
                .withMessageContainingAll(file.toString(), why);
    }

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
