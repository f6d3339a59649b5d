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
                Map.of("team", "pay\"ments"), List.of("ES256", "ES384"), Instant.parse("2026-11-23T10:00:00.123Z"));
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

    private static KeyMetadataStore store(TestDatabase database) {
        return new KeyMetadataStore(database.open(), JsonMapper.builder().build());
    }
}
