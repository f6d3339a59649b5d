package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyAttributes;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.TokenIdentity;
import dev.slotgate.hsm.Usage;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HandleCacheTests {

    private static final KeyId A = new KeyId("0a");
    private static final KeyId B = new KeyId("0b");

    private final HandleCache cache = new HandleCache();

    @Test
    void aHandleLivesAsLongAsItsGenerationAndTheKeyIsKnownLonger() {
        cache.remember(found(A, 7), cache.generation());
        assertThat(cache.usable(A)).contains(found(A, 7));

        cache.newGeneration();

        assertThat(cache.usable(A)).isEmpty();
        assertThat(cache.find("0a")).contains(key(A));
    }

    @Test
    void aLabelLeadsToItsKeyAndAnIdThatReadsTheSameWins() {
        cache.remember(found(A, 1), cache.generation());
        cache.remember(found(B, 2), cache.generation());
        cache.label("signing", A, cache.labelChanges());
        cache.label("0b", A, cache.labelChanges());

        assertThat(cache.find("signing")).contains(key(A));
        assertThat(cache.find("0b")).contains(key(B));
        assertThat(cache.find("other")).isEmpty();
    }

    @Test
    void aLabelThatWasLookedUpBeforeLabelsChangedIsNotBelieved() {
        cache.remember(found(A, 1), cache.generation());
        int seen = cache.labelChanges();
        cache.forgetLabels();
        cache.label("signing", A, seen);

        assertThat(cache.find("signing")).isEmpty();
    }

    @Test
    void aLookAtTheWholeTokenForgetsWhatIsNotThere() {
        cache.remember(found(A, 1), cache.generation());
        cache.label("signing", A, cache.labelChanges());

        cache.rememberAll(List.of(found(B, 2)), cache.generation());

        assertThat(cache.find("0a")).isEmpty();
        assertThat(cache.find("signing")).isEmpty();
        assertThat(cache.usable(B)).contains(found(B, 2));
    }

    @Test
    void keysThatShareAnIdAreNotRemembered() {
        cache.remember(found(A, 1), cache.generation());

        cache.rememberAll(List.of(found(A, 1), found(A, 2)), cache.generation());

        assertThat(cache.find("0a")).isEmpty();
    }

    @Test
    void whatALookUpOfTheOldGenerationFoundIsOfNoUse() {
        int seen = cache.generation();
        cache.newGeneration();
        cache.remember(found(A, 1), seen);

        assertThat(cache.usable(A)).isEmpty();
    }

    @Test
    void aHandleBelongsToOneKeyOnly() {
        cache.remember(found(A, 1), cache.generation());
        cache.remember(found(B, 1), cache.generation());

        assertThat(cache.usable(A)).isEmpty();
        assertThat(cache.usable(B)).contains(found(B, 1));
    }

    @Test
    void aKeyThatLostAPartOrAPurposeIsLess() {
        assertThat(cache.isLess(key(A))).as("nothing was known of it").isFalse();
        cache.remember(found(A, 1), cache.generation());

        assertThat(cache.isLess(key(A))).isFalse();
        assertThat(cache.isLess(key(A, KeyClass.PUBLIC, Set.of(Usage.ENCRYPT)))).isTrue();
        assertThat(cache.isLess(key(A, KeyClass.SECRET, Set.of()))).isTrue();
    }

    @Test
    void aLookAtTheWholeTokenDoesNotMakeAKeyLessNorRememberAHalf() {
        cache.remember(found(A, 1), cache.generation());
        var half = new FoundKey(key(A, KeyClass.PUBLIC, Set.of(Usage.ENCRYPT)), 2);
        var unknown = new FoundKey(key(B, KeyClass.PUBLIC, Set.of(Usage.ENCRYPT)), 3);

        cache.rememberAll(List.of(half, unknown), cache.generation());

        assertThat(cache.find("0a")).contains(key(A));
        assertThat(cache.find("0b")).isEmpty();
    }

    @Test
    void anotherTokenHasOtherKeys() {
        cache.remember(found(A, 1), cache.generation());

        cache.forgetAll();

        assertThat(cache.find("0a")).isEmpty();
    }

    private static FoundKey found(KeyId id, long handle) {
        return new FoundKey(key(id), handle);
    }

    private static Key key(KeyId id) {
        return key(id, KeyClass.SECRET, Set.of(Usage.ENCRYPT));
    }

    private static Key key(KeyId id, KeyClass keyClass, Set<Usage> usage) {
        return new Key(
                id,
                new SlotId(0),
                new TokenIdentity("soft", "1", "slot-0"),
                "pkcs11:",
                null,
                KeyType.AES,
                256,
                null,
                usage,
                keyClass,
                new KeyAttributes(true, false, true, true, true, true),
                null,
                true);
    }
}
