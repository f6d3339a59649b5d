package dev.slotgate.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.slotgate.hsm.KeyId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.support.TransactionOperations;

class KnownMetadataTests {

    private static final KeyId KEY = new KeyId("0a");
    private static final long OLD_MILLIS = 2_100;

    private final KeyMetadataStore store = mock(KeyMetadataStore.class);
    private final KnownMetadata known = new KnownMetadata(store, TransactionOperations.withoutTransaction());
    private final AtomicInteger askedByCaller = new AtomicInteger();
    private final Thread caller = Thread.currentThread();
    private volatile boolean away;
    private volatile KeyMetadata stored = KeyMetadata.ofNew(Map.of("n", "1"), null, null);

    @BeforeEach
    void answer() {
        when(store.find(any(), any())).thenAnswer(_ -> {
            if (Thread.currentThread() == caller) {
                askedByCaller.incrementAndGet();
            }
            if (away) {
                throw new DataAccessResourceFailureException("away");
            }
            return Optional.of(stored);
        });
    }

    @Test
    void whatWasKnownLongAgoIsAskedForBeforeItIsTold() throws Exception {
        assertThat(known.of("1", KEY).tags()).containsEntry("n", "1");
        stored = KeyMetadata.ofNew(Map.of("n", "2"), null, null).ruledBy(List.of(), List.of("ES256"));
        Thread.sleep(OLD_MILLIS);

        assertThat(known.of("1", KEY).tags()).containsEntry("n", "2");
    }

    @Test
    void whileTheDatabaseIsAwayNobodyWaitsForItMoreThanOnce() throws Exception {
        known.of("1", KEY);
        away = true;
        Thread.sleep(OLD_MILLIS);
        askedByCaller.set(0);

        for (int i = 0; i < 20; i++) {
            assertThat(known.of("1", KEY).tags()).containsEntry("n", "1");
        }

        assertThat(askedByCaller.get()).isLessThanOrEqualTo(1);
    }

    @Test
    void whoeverAsksForAnUnknownKeyIsNotHeldUpByThoseWhoGotNoAnswer() {
        away = true;

        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> known.of("1", KEY)).isInstanceOf(DataAccessResourceFailureException.class);
        }

        assertThat(askedByCaller.get()).isEqualTo(1);
    }

    @Test
    void whatIsChangedIsAskedForAlthoughTheDatabaseDidNotAnswerAMomentAgo() {
        away = true;
        assertThatThrownBy(() -> known.of("1", KEY)).isInstanceOf(DataAccessResourceFailureException.class);
        away = false;

        assertThat(known.changed("1", KEY).tags()).containsEntry("n", "1");
        assertThat(known.of("1", KEY).tags()).containsEntry("n", "1");
    }

    @Test
    void anAnswerThatALaterOneHasOvertakenDoesNotUndoIt() throws Exception {
        known.of("1", KEY);
        var answered = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        when(store.find(any(), any())).thenAnswer(_ -> {
            KeyMetadata found = stored;
            if (Thread.currentThread() != caller) {
                answered.countDown();
                go.await();
            }
            return Optional.of(found);
        });
        Thread overtaken = Thread.ofVirtual().start(() -> known.changed("1", KEY));
        answered.await();
        stored = KeyMetadata.ofNew(Map.of("n", "2"), null, null);
        known.changed("1", KEY);
        go.countDown();
        overtaken.join();

        assertThat(known.of("1", KEY).tags()).containsEntry("n", "2");
    }
}
