package dev.slotgate.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.TestDatabase;
import dev.slotgate.hsm.KeyId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

class KeyMetadataStoreTests {

    private static final KeyId KEY = new KeyId("aa");

    @ParameterizedTest
    @EnumSource
    void readsBackWhatWasWritten(TestDatabase database) {
        KeyMetadataStore store = store(database);
        var metadata = new KeyMetadata(
                Map.of("team", "pay\"ments"),
                List.of("ES256", "ES384"),
                List.of(new Grant("client:app", List.of("sign", "verify"))),
                true,
                new KeyVersion(2, new KeyId("99"), null),
                256,
                Instant.parse("2026-11-23T10:00:00.123Z"),
                null,
                false);
        store.add("serial", KEY, metadata);

        assertThat(store.find("serial", KEY)).contains(metadata);
        assertThat(store.all("serial")).containsExactly(Map.entry(KEY, metadata));
    }

    @ParameterizedTest
    @EnumSource
    void keepsTokensApart(TestDatabase database) {
        KeyMetadataStore store = store(database);
        store.add("one", KEY, KeyMetadata.NONE);

        assertThat(store.find("two", KEY)).isEmpty();
        assertThat(store.all("two")).isEmpty();
        assertThat(store.find("one", KEY)).contains(KeyMetadata.NONE);
    }

    @ParameterizedTest
    @EnumSource
    void forgetsWhatIsRemoved(TestDatabase database) {
        KeyMetadataStore store = store(database);
        store.add("serial", KEY, KeyMetadata.NONE);
        store.remove("serial", KEY);

        assertThat(store.find("serial", KEY)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void changesOneThingAtATime(TestDatabase database) {
        KeyMetadataStore store = store(database);
        Instant due = Instant.parse("2026-11-26T10:00:00Z");
        store.addIfAbsent("serial", KEY);
        store.addIfAbsent("serial", KEY);
        store.setTags("serial", KEY, Map.of("a", "b"));
        store.setGrants("serial", KEY, List.of(new Grant("sub", List.of("mac"))));
        store.setDisabled("serial", KEY, true);
        store.setDestroyAt("serial", KEY, due);

        assertThat(store.find("serial", KEY))
                .contains(new KeyMetadata(
                        Map.of("a", "b"),
                        null,
                        List.of(new Grant("sub", List.of("mac"))),
                        true,
                        KeyVersion.FIRST,
                        null,
                        null,
                        due,
                        false));
        assertThat(store.toBeDestroyed(due.plusMillis(1))).containsExactly(Map.entry("serial", List.of(KEY)));
        assertThat(store.toBeDestroyed(due.minusMillis(1))).isEmpty();
        store.setDestroyAt("serial", KEY, null);
        assertThat(store.toBeDestroyed(due.plusMillis(1))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void onlyKeysThatWereMadeHereLeaveATombstone(TestDatabase database) {
        KeyMetadataStore store = store(database);
        KeyId foreign = new KeyId("01");
        store.add("serial", KEY, KeyMetadata.ofNew(Map.of(), null, null));
        store.add("serial", foreign, KeyMetadata.NONE);
        store.bury("serial", KEY);
        store.bury("serial", foreign);

        assertThat(store.find("serial", KEY)).map(KeyMetadata::destroyed).contains(true);
        assertThat(store.find("serial", foreign)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatWasKnownBeforeATokenWasInitialisedIsClosed(TestDatabase database) {
        KeyMetadataStore store = store(database);
        store.add("serial", KEY, KeyMetadata.NONE);
        store.add("other", KEY, KeyMetadata.NONE);
        store.beginGeneration("serial");

        assertThat(store.find("serial", KEY)).isEmpty();
        assertThat(store.find("other", KEY)).isPresent();
        store.add("serial", KEY, KeyMetadata.NONE);
        assertThat(store.all("serial")).containsOnlyKeys(KEY);
        store.beginGeneration("serial");
        assertThat(store.all("serial")).isEmpty();
    }

    private static KeyMetadataStore store(TestDatabase database) {
        return new KeyMetadataStore(database.open(), JsonMapper.builder().build());
    }
}
