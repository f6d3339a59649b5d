package dev.slotgate.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.TestDatabase;
import dev.slotgate.hsm.KeyId;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
