package dev.slotgate.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.slotgate.TestDatabase;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.TokenIdentity;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GcmMessagesTests {

    private static final KeyId KEY = new KeyId("aa");

    @ParameterizedTest
    @EnumSource
    void countsInBlocksUntilNoneIsLeft(TestDatabase database) {
        var store = new GcmMessageStore(database.open());

        assertThat(store.count("serial", KEY, 4, 10).messages()).isEqualTo(4);
        assertThat(store.count("serial", KEY, 4, 10).messages()).isEqualTo(4);
        assertThat(store.count("serial", KEY, 4, 10).messages()).isEqualTo(2);
        assertThat(store.count("serial", KEY, 4, 10).messages()).isZero();
        assertThat(store.count("other", KEY, 4, 10).messages()).isEqualTo(4);
    }

    @Test
    void theShareOfTheKeyThatHasUsedMostIsSeen() {
        var store = new GcmMessageStore(TestDatabase.H2.open());
        var messages = new GcmMessages(store);
        var registry = new SimpleMeterRegistry();
        messages.bindTo(registry);
        Gauge used = registry.get("slotgate.gcm.budget.used").gauge();
        assertThat(used.value()).isZero();

        store.count("serial", KEY, GcmMessages.MOST / 2, GcmMessages.MOST);
        messages.count(key("other"));
        assertThat(used.value()).isBetween(0.0, 0.001);
        messages.count(key("serial"));
        assertThat(used.value()).isBetween(0.5, 0.501);
    }

    private static Key key(String serial) {
        Key key = mock(Key.class);
        when(key.token()).thenReturn(new TokenIdentity("hsm", serial, "label"));
        when(key.id()).thenReturn(KEY);
        return key;
    }

    @ParameterizedTest
    @EnumSource
    void noMessageIsCountedTwice(TestDatabase database) throws Exception {
        var store = new GcmMessageStore(database.open());
        Callable<Long> count = () -> {
            long counted = 0;
            for (int i = 0; i < 20; i++) {
                counted += store.count("serial", KEY, 7, 1000).messages();
            }
            return counted;
        };
        long all = 0;
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (Future<Long> each : threads.invokeAll(Collections.nCopies(8, count))) {
                all += each.get();
            }
        }
        assertThat(all).isEqualTo(1000);
    }
}
