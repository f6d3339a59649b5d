package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_DEVICE_ERROR;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.SessionCounts;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.Token;

class SessionPoolTests {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final Token token = mock(Token.class);
    private final List<Session> opened = new CopyOnWriteArrayList<>();

    @BeforeEach
    void everyOpenedSessionIsAnotherOne() throws Exception {
        when(token.openSession(anyBoolean())).thenAnswer(_ -> {
            Session session = mock(Session.class);
            opened.add(session);
            return session;
        });
    }

    @Test
    void lendsTheSameSessionAgain() {
        SessionPool pool = pool(2, LONG);

        Session first = pool.withSession(LONG, session -> session);
        Session second = pool.withSession(LONG, session -> session);

        assertThat(second).isSameAs(first);
        assertThat(pool.counts()).isEqualTo(new SessionCounts(2, 1, 0, 0));
    }

    @Test
    void oneThreadOnlyEverTouchesASession() throws Exception {
        SessionPool pool = pool(4, LONG);
        var threadsOf = new ConcurrentHashMap<Session, Set<Thread>>();
        Concurrently.run(
                500,
                () -> pool.withSession(
                        LONG,
                        session -> threadsOf
                                .computeIfAbsent(session, _ -> ConcurrentHashMap.newKeySet())
                                .add(Thread.currentThread())));
        assertThat(threadsOf).hasSizeBetween(1, 4);
        assertThat(threadsOf.values())
                .allSatisfy(threads -> assertThat(threads)
                        .singleElement()
                        .satisfies(thread -> assertThat(thread.isVirtual()).isFalse()));
    }

    @Test
    void neverOpensMoreSessionsThanItMay() throws Exception {
        SessionPool pool = pool(3, LONG);
        var inUse = new AtomicInteger();
        var most = new AtomicInteger();
        Concurrently.run(
                200,
                () -> pool.withSession(LONG, _ -> {
                    most.accumulateAndGet(inUse.incrementAndGet(), Math::max);
                    return inUse.decrementAndGet();
                }));
        assertThat(opened).hasSizeLessThanOrEqualTo(3);
        assertThat(most.get()).isLessThanOrEqualTo(3);
        assertThat(pool.counts().inUse()).isZero();
    }

    @Test
    void aSessionThatTheTokenFailedInIsClosedAndNeverLentAgain() throws Exception {
        SessionPool pool = pool(1, LONG);

        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> pool.withSession(LONG, _ -> {
                    throw new PKCS11Exception(CKR_DEVICE_ERROR);
                }))
                .returns("CKR_DEVICE_ERROR", HsmException::returnCode);

        Session next = pool.withSession(LONG, session -> session);
        assertThat(opened).hasSize(2);
        assertThat(next).isSameAs(opened.get(1));
        verify(opened.getFirst()).closeSession();
    }

    @Test
    void aSessionThatEndedCleanlyIsLentAgainWhateverWasDecided() {
        SessionPool pool = pool(1, LONG);

        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> pool.withSession(LONG, _ -> {
                    throw new HsmException(HsmFailure.KEY_NOT_FOUND, "none");
                }));
        pool.withSession(LONG, session -> session);

        assertThat(opened).hasSize(1);
    }

    @Test
    void aCallThatHangsCostsItsCallerTheDeadlineAndItsSessionForAsLongAsItHangs() {
        SessionPool pool = pool(1, SHORT);
        var hanging = new CountDownLatch(1);

        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> pool.withSession(SHORT, _ -> {
                    awaitUninterrupted(hanging);
                    return true;
                }))
                .returns(HsmFailure.TOKEN_TIMEOUT, HsmException::failure);
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> pool.withSession(LONG, session -> session))
                .returns(HsmFailure.SLOT_BUSY, HsmException::failure);

        hanging.countDown();
        await().until(() -> pool.counts().equals(new SessionCounts(1, 0, 0, 0)));
        Session next = pool.withSession(LONG, session -> session);
        assertThat(next).isSameAs(opened.get(1));
    }

    @Test
    void aSessionThatCannotBeOpenedBlocksNothing() throws Exception {
        Token broken = mock(Token.class);
        when(broken.openSession(anyBoolean())).thenThrow(new PKCS11Exception(CKR_DEVICE_ERROR));
        SessionPool pool = new SessionPool("test", broken, 1, limits(LONG, LONG));

        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(HsmException.class)
                    .isThrownBy(() -> pool.withSession(LONG, session -> session))
                    .returns(HsmFailure.TOKEN_UNAVAILABLE, HsmException::failure);
        }
        await().until(() -> pool.counts().equals(new SessionCounts(1, 0, 0, 0)));
    }

    @Test
    void anOpenThatHangsCountsUntilItComesBackAndIsClosedThen() throws Exception {
        var hanging = new CountDownLatch(1);
        Session late = mock(Session.class);
        Token slow = mock(Token.class);
        when(slow.openSession(anyBoolean())).thenAnswer(_ -> {
            awaitUninterrupted(hanging);
            return late;
        });
        SessionPool pool = new SessionPool("test", slow, 1, limits(SHORT, SHORT));

        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> pool.withSession(LONG, session -> session))
                .returns(HsmFailure.TOKEN_TIMEOUT, HsmException::failure);
        assertThat(pool.counts()).isEqualTo(new SessionCounts(1, 1, 1, 0));
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> pool.withSession(LONG, session -> session))
                .returns(HsmFailure.SLOT_BUSY, HsmException::failure);

        hanging.countDown();
        await().until(() -> pool.counts().equals(new SessionCounts(1, 0, 0, 0)));
        verify(late).closeSession();
    }

    @Test
    void aClosedPoolOpensNothing() {
        SessionPool pool = pool(2, LONG);
        assertThat(pool.close()).isTrue();

        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> pool.withSession(LONG, session -> session))
                .returns(HsmFailure.TOKEN_UNAVAILABLE, HsmException::failure);
        assertThat(opened).isEmpty();
    }

    @Test
    void closingClosesEverySession() throws Exception {
        SessionPool pool = pool(2, LONG);
        pool.withSession(LONG, session -> session);

        assertThat(pool.close()).isTrue();

        verify(opened.getFirst()).closeSession();
        assertThat(pool.counts().open()).isZero();
    }

    private SessionPool pool(int max, Duration maxWait) {
        return new SessionPool("test", token, max, limits(maxWait, LONG));
    }

    private static Limits limits(Duration patience, Duration call) {
        return new Limits(8, patience, call, LONG);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
