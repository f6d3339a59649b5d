package dev.slotgate.hsm.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyAttributes;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinFlags;
import dev.slotgate.hsm.PinState;
import dev.slotgate.hsm.SessionCounts;
import dev.slotgate.hsm.Slot;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import dev.slotgate.hsm.SlotStatus;
import dev.slotgate.hsm.Timing;
import dev.slotgate.hsm.TokenIdentity;
import dev.slotgate.hsm.Usage;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecsTests {

    private static final Codec<Key> KEY = Codecs.of(Key.class);
    private static final Codec<Everything> EVERYTHING = Codecs.of(Everything.class);

    @Test
    void keysCrossWithTheirPublicKeys() throws GeneralSecurityException {
        Key rsa = key(publicKey("RSA", null), "label ä€𝄞", 2048, null);
        Key ec = key(publicKey("EC", "secp521r1"), "", null, Curve.P_521);

        assertThat(Wire.there(KEY, rsa)).isEqualTo(rsa);
        assertThat(Wire.there(KEY, ec)).isEqualTo(ec);
    }

    @Test
    void keysCrossWithWhatIsAbsent() {
        Key bare = key(null, null, null, null);
        assertThat(Wire.there(KEY, bare)).isEqualTo(bare);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void publicKeysOfEveryCurveCross(String curve) throws GeneralSecurityException {
        PublicKey key = publicKey("EC", curve);
        assertThat(Wire.there(Codecs.of(PublicKey.class), key)).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "Ed25519"})
    void publicKeysOfOtherFamiliesCross(String algorithm) throws GeneralSecurityException {
        PublicKey key = publicKey(algorithm, null);
        assertThat(Wire.there(Codecs.of(PublicKey.class), key)).isEqualTo(key);
    }

    @Test
    void aPublicKeyOfAnotherFamilyIsRefused() throws GeneralSecurityException {
        byte[] dh = Wire.bytes(Codecs.of(PublicKey.class), publicKey("X25519", null));
        assertRefused(Codecs.of(PublicKey.class), dh);
    }

    @Test
    void slotsCross() {
        assertThat(Wire.there(Codecs.of(Slot.class), slot())).isEqualTo(slot());
    }

    @Test
    void statusesCrossSortedBySlot() {
        var codec = CollectionCodecs.sortedMap(Codecs.of(SlotId.class), Codecs.of(SlotStatus.class));
        SortedMap<SlotId, SlotStatus> statuses = new TreeMap<>();
        statuses.put(
                new SlotId(11),
                new SlotStatus(
                        SlotState.ABSENT,
                        new SessionCounts(1, 2, 3, 4),
                        5,
                        6L,
                        7L,
                        8L,
                        new Timing(9, Duration.ofNanos(10)),
                        Timing.NONE));
        statuses.put(
                new SlotId(2),
                new SlotStatus(
                        SlotState.READY, new SessionCounts(0, 0, 0, 0), 0, 1L << 40, 0L, 0L, Timing.NONE, Timing.NONE));

        SortedMap<SlotId, SlotStatus> received = Wire.there(codec, statuses);
        assertThat(received).isEqualTo(statuses);
        assertThat(received.firstKey()).isEqualTo(new SlotId(2));
    }

    @Test
    void ordersForNewKeysCrossWithEitherKind() {
        var codec = Codecs.of(NewKey.class);
        var rsa = new NewKey(KeyId.random(), "signing", new KeySpec.Rsa(3072), Usage.SIGN, false);
        var ec = new NewKey(KeyId.random(), null, new KeySpec.OnCurve(Curve.P_384), Usage.DERIVE, true);

        assertThat(Wire.there(codec, rsa)).isEqualTo(rsa);
        assertThat(Wire.there(codec, ec)).isEqualTo(ec);
    }

    @Test
    void pinsCrossWhateverTheirCharacters() {
        Pin pin = new Pin("pä€𝄞1\ud800".toCharArray());
        assertThat(Wire.there(Codecs.of(Pin.class), pin).matches(pin)).isTrue();
    }

    @Test
    void everyOtherTypeCrosses() {
        Everything sent = everything();
        Everything received = Wire.there(EVERYTHING, sent);

        assertThat(received).usingRecursiveComparison().isEqualTo(sent);
        assertThat(received.usages()).containsExactly(Usage.SIGN, Usage.MAC);
    }

    @Test
    void nothingTakesNoBytes() {
        assertThat(Wire.bytes(Codecs.NOTHING, null)).isEmpty();
        assertThat(Wire.there(Codecs.NOTHING, null)).isNull();
    }

    @ParameterizedTest
    @MethodSource("whole")
    <T> void whatIsCutOffAnywhereIsRefused(Codec<T> codec, T value) {
        byte[] whole = Wire.bytes(codec, value);
        for (int length = 0; length < whole.length; length++) {
            assertRefused(codec, Arrays.copyOf(whole, length));
        }
        assertRefused(codec, Arrays.copyOf(whole, whole.length + 1));
    }

    static Stream<Object[]> whole() throws GeneralSecurityException {
        return Stream.of(
                new Object[] {KEY, key(publicKey("EC", "secp256r1"), "label", null, Curve.P_256)},
                new Object[] {EVERYTHING, everything()},
                new Object[] {Codecs.of(Slot.class), slot()});
    }

    @Test
    void anUnknownConstantOrKindIsRefused() {
        assertRefused(Codecs.of(SlotState.class), new byte[] {(byte) SlotState.values().length});
        assertRefused(Codecs.of(SlotState.class), new byte[] {-1});
        assertRefused(Codecs.of(KeySpec.class), new byte[] {2, 0});
    }

    @Test
    void whatARecordRefusesIsRefused() {
        assertRefused(Codecs.of(SlotId.class), new byte[] {-1, -1, -1, -1});
        assertRefused(Codecs.of(KeyId.class), Wire.bytes(Codecs.of(String.class), "XY"));
    }

    @Test
    void elementsThatComeTwiceAreRefused() {
        assertRefused(CollectionCodecs.set(Codecs.of(Usage.class)), new byte[] {0, 0, 0, 2, 1, 1});
    }

    @Test
    void aComponentMustHaveAValueUnlessItSaysOtherwise() {
        var incomplete = new TokenIdentity("module", nothing(), "label");
        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> Wire.bytes(Codecs.of(TokenIdentity.class), incomplete))
                .withMessage("expected a value for serial");
    }

    @Test
    void aTypeThatCannotCrossIsRefusedAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Codecs.of(Unknown.class))
                .withMessage("values of java.lang.Thread cannot be put on the wire");
    }

    private record Unknown(Optional<Thread> thread) {}

    @SuppressWarnings("ArrayRecordComponent")
    private record Everything(
            int number,
            long big,
            boolean flag,
            @Nullable Integer size,
            byte[] bytes,
            char[] characters,
            byte @Nullable [] noBytes,
            Duration duration,
            Set<Usage> usages,
            List<List<@Nullable String>> nested,
            Map<String, SlotId> names,
            Optional<KeyId> key) {}

    private static Everything everything() {
        return new Everything(
                -1,
                Long.MIN_VALUE,
                true,
                7,
                new byte[] {1, -2, 3},
                "ab".toCharArray(),
                null,
                Duration.ofMillis(-1500),
                EnumSet.of(Usage.MAC, Usage.SIGN),
                List.of(List.of(), Arrays.asList("a", null)),
                Map.of("b", new SlotId(1), "a", new SlotId(0)),
                Optional.of(new KeyId("00ff")));
    }

    private static Slot slot() {
        return new Slot(
                new SlotId(3),
                true,
                "label",
                "serial",
                "pkcs11:token=label",
                "maker",
                "model",
                "1.2",
                "3.4",
                SlotState.READY,
                PinState.DEFAULT,
                new PinFlags(true, false, true),
                new PinFlags(false, true, false),
                4L,
                Integer.MAX_VALUE + 1L,
                new SessionCounts(8, 4, 2, 1));
    }

    private static Key key(
            @Nullable PublicKey publicKey, @Nullable String label, @Nullable Integer size, @Nullable Curve curve) {
        return new Key(
                new KeyId("0123456789abcdef"),
                new SlotId(0),
                new TokenIdentity("softhsm", "0815", "token"),
                "pkcs11:id=%01",
                label,
                curve == null ? KeyType.RSA : KeyType.EC,
                size,
                curve,
                Set.of(Usage.SIGN),
                KeyClass.PRIVATE,
                new KeyAttributes(true, false, true, true, true, false),
                publicKey,
                true);
    }

    private static PublicKey publicKey(String algorithm, @Nullable String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (curve != null) {
            generator.initialize(new ECGenParameterSpec(curve));
        }
        return generator.generateKeyPair().getPublic();
    }

    @SuppressWarnings("NullAway")
    private static String nothing() {
        return null;
    }

    private static void assertRefused(Codec<?> codec, byte[] bytes) {
        assertThatExceptionOfType(WireException.class).isThrownBy(() -> new WireReader(bytes).last(codec));
    }
}
