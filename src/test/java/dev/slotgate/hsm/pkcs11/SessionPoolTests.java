package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_DEVICE_ERROR;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_SESSION_COUNT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_SESSION_HANDLE_INVALID;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Limits;
import dev.slotgate.hsm.SessionCounts;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.Token;

class SessionPoolTests {

    /** A session is closed on its own thread, which nobody waits for. */
    private static final long SOON = 5_000;

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final Token token = mock(Token.class);
    private final List<Session> opened = new CopyOnWriteArrayList<>();
    private final LongAdder givenUp = new LongAdder();

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

        Session first = pool.withSession(in(LONG), false, session -> session);
        Session second = pool.withSession(in(LONG), false, session -> session);

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
                        in(LONG),
                        false,
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
                () -> pool.withSession(in(LONG), false, _ -> {
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
                .isThrownBy(() -> pool.withSession(in(LONG), false, _ -> {
                    throw new PKCS11Exception(CKR_DEVICE_ERROR);
                }))
                .returns("CKR_DEVICE_ERROR", HsmException::returnCode);

        Session next = pool.withSession(in(LONG), false, session -> session);
        assertThat(opened).hasSize(2);
        assertThat(next).isSameAs(opened.get(1));
        verify(opened.getFirst(), timeout(SOON)).closeSession();
    }

    @Test
    void aSessionThatEndedCleanlyIsLentAgainWhateverWasDecided() {
        SessionPool pool = pool(1, LONG);

        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> pool.withSession(in(LONG), false, _ -> {
                    throw new HsmException(HsmFailure.KEY_NOT_FOUND, "none");
                }));
        pool.withSession(in(LONG), false, session -> session);

        assertThat(opened).hasSize(1);
    }

    @Test
    void aCallThatHangsCostsItsCallerTheDeadlineAndItsSessionForAsLongAsItHangs() {
        SessionPool pool = pool(1, SHORT);
        pool.withSession(in(LONG), false, session -> session);
        var hanging = new CountDownLatch(1);

        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> pool.withSession(in(SHORT), false, _ -> {
                    awaitUninterrupted(hanging);
                    return true;
                }))
                .returns(HsmFailure.TOKEN_TIMEOUT, HsmException::failure);
        assertThat(pool.hanging()).isEqualTo(1);
        assertThat(givenUp.sum()).isEqualTo(1);
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> pool.withSession(in(LONG), false, session -> session))
                .returns(HsmFailure.TOKEN_UNAVAILABLE, HsmException::failure);

        hanging.countDown();
        await().until(() -> pool.counts().equals(new SessionCounts(1, 0, 0, 0)));
        Session next = pool.withSession(in(LONG), false, session -> session);
        assertThat(next).isSameAs(opened.get(1));
    }

    @Test
    void aSessionThatCannotBeOpenedBlocksNothing() throws Exception {
        Token broken = mock(Token.class);
        when(broken.openSession(anyBoolean())).thenThrow(new PKCS11Exception(CKR_DEVICE_ERROR));
        SessionPool pool = new SessionPool("test", () -> broken, limits(1, LONG), new LongAdder());

        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(HsmException.class)
                    .isThrownBy(() -> pool.withSession(in(LONG), false, session -> session))
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
        SessionPool pool = new SessionPool("test", () -> slow, limits(1, SHORT), new LongAdder());

        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> pool.withSession(in(SHORT), false, session -> session))
                .returns(HsmFailure.TOKEN_TIMEOUT, HsmException::failure);
        assertThat(pool.counts()).isEqualTo(new SessionCounts(1, 1, 1, 0));
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> pool.withSession(in(LONG), false, session -> session))
                .returns(HsmFailure.TOKEN_UNAVAILABLE, HsmException::failure);

        hanging.countDown();
        await().until(() -> pool.counts().equals(new SessionCounts(1, 0, 0, 0)));
        verify(late, timeout(SOON)).closeSession();
    }

    @Test
    void waitsABoundedTimeForASession() throws Exception {
        SessionPool pool = pool(1, SHORT);
        var working = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        Thread holder = Thread.ofVirtual()
                .start(() -> pool.withSession(in(LONG), false, _ -> {
                    working.countDown();
                    awaitUninterrupted(release);
                    return true;
                }));
        working.await();
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> pool.withSession(in(LONG), false, session -> session))
                .returns(HsmFailure.SLOT_BUSY, HsmException::failure);
        release.countDown();
        holder.join();
        assertThat(pool.counts()).isEqualTo(new SessionCounts(1, 1, 0, 0));
    }

    @Test
    void goesOnWithFewerSessionsWhenTheTokenRefusesMore() throws Exception {
        Token full = mock(Token.class);
        Session only = mock(Session.class);
        when(full.openSession(anyBoolean())).thenReturn(only).thenThrow(new PKCS11Exception(CKR_SESSION_COUNT));
        SessionPool pool = new SessionPool("test", () -> full, limits(4, LONG), new LongAdder());
        pool.withSession(in(LONG), false, session -> session);
        Concurrently.run(32, () -> pool.withSession(in(LONG), false, session -> session));
        await().until(() -> pool.counts().open() == 1 && pool.counts().inUse() == 0);
    }

    @Test
    void theTokenThatRefusesTheOnlySessionIsToldAsBusy() throws Exception {
        Token full = mock(Token.class);
        when(full.openSession(anyBoolean())).thenThrow(new PKCS11Exception(CKR_SESSION_COUNT));
        SessionPool pool = new SessionPool("test", () -> full, limits(1, LONG), new LongAdder());
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> pool.withSession(in(LONG), false, session -> session))
                .returns(HsmFailure.SLOT_BUSY, HsmException::failure);
    }

    @Test
    void anIdleSessionIsCheckedBeforeItIsLentAgain() throws Exception {
        SessionPool pool = new SessionPool(
                "test", () -> token, new Limits(2, LONG, LONG, LONG, LONG, Duration.ofNanos(1)), new LongAdder());
        Session first = pool.withSession(in(LONG), false, session -> session);
        Session again = pool.withSession(in(LONG), false, session -> session);
        assertThat(again).isSameAs(first);
        verify(first).getSessionInfo();
        doThrow(new PKCS11Exception(CKR_SESSION_HANDLE_INVALID)).when(first).getSessionInfo();
        Session another = pool.withSession(in(LONG), false, session -> session);
        assertThat(another).isNotSameAs(first);
        verify(first, timeout(SOON)).closeSession();
    }

    @Test
    void aSessionThatWasUsedAMomentAgoIsNotChecked() throws Exception {
        SessionPool pool = pool(2, LONG);
        Session first = pool.withSession(in(LONG), false, session -> session);
        pool.withSession(in(LONG), false, session -> session);
        verify(first, never()).getSessionInfo();
    }

    @Test
    void aFreshSessionTakesThePlaceOfAnOldOne() {
        SessionPool pool = pool(1, LONG);
        Session first = pool.withSession(in(LONG), false, session -> session);
        Session second = pool.withSession(in(LONG), true, session -> session);
        assertThat(second).isNotSameAs(first);
        await().until(() -> pool.counts().equals(new SessionCounts(1, 1, 0, 0)));
    }

    @Test
    void theNumberOfSessionsFollowsTheToken() throws Exception {
        SessionPool pool = pool(8, LONG);
        pool.resize(2);
        Concurrently.run(64, () -> pool.withSession(in(LONG), false, session -> session));
        assertThat(opened).hasSizeLessThanOrEqualTo(2);
        pool.resize(8);
        assertThat(pool.counts().max()).isEqualTo(8);
        assertThat(pool.counts().inUse()).isZero();
    }

    @Test
    void aClosedPoolOpensNothing() {
        SessionPool pool = pool(2, LONG);
        assertThat(pool.close()).isTrue();

        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> pool.withSession(in(LONG), false, session -> session))
                .returns(HsmFailure.TOKEN_UNAVAILABLE, HsmException::failure);
        assertThat(opened).isEmpty();
    }

    @Test
    void closingClosesEverySession() throws Exception {
        SessionPool pool = pool(2, LONG);
        pool.withSession(in(LONG), false, session -> session);

        assertThat(pool.close()).isTrue();

        verify(opened.getFirst(), timeout(SOON)).closeSession();
        assertThat(pool.counts().open()).isZero();
    }

    private SessionPool pool(int max, Duration wait) {
        return new SessionPool("test", () -> token, limits(max, wait), givenUp);
    }

    private static Limits limits(int sessions, Duration wait) {
        return new Limits(sessions, wait, LONG, LONG, LONG, LONG);
    }

    private static Deadline in(Duration time) {
        return Deadline.in(time);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
