package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_DEVICE_ERROR;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Limits;
import dev.slotgate.hsm.SessionCounts;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.Token;

class HeldSessionsTests {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final Token token = mock(Token.class);
    private final SessionPool pool = pool(8);
    private final HeldSessions held = new HeldSessions(pool, LONG);

    @BeforeEach
    void everyOpenedSessionIsAnotherOne() throws Exception {
        when(token.openSession(anyBoolean())).thenAnswer(_ -> mock(Session.class));
    }

    @Test
    void allWorkIsDoneInOneSessionWhichIsLentAgainAfterItsEnd() {
        Session[] first = new Session[1];
        long number = held.begin(in(LONG), false, session -> first[0] = session);
        assertThat(pool.counts()).isEqualTo(new SessionCounts(8, 1, 1, 0));
        Session other = pool.withSession(in(LONG), false, session -> session);
        assertThat(other).isNotSameAs(first[0]);

        assertThat(held.<Session>work(number, in(LONG), session -> session)).isSameAs(first[0]);
        assertThat(held.<Session>end(number, in(LONG), session -> session)).isSameAs(first[0]);

        assertThat(pool.counts()).isEqualTo(new SessionCounts(8, 2, 0, 0));
        assertThat(pool.<Session>withSession(in(LONG), false, session -> session))
                .isSameAs(first[0]);
        assertLetGo(() -> held.work(number, in(LONG), session -> session));
    }

    @Test
    void noMoreThanAQuarterAreHeld() {
        long first = begin(held);
        begin(held);
        assertFails(HsmFailure.SLOT_BUSY, () -> begin(held));
        held.letGo(first);
        held.letGo(first);
        begin(held);
        assertFails(HsmFailure.SLOT_BUSY, () -> begin(held));
    }

    @Test
    void oneIsHeldWhereThereAreFew() {
        var few = new HeldSessions(pool(2), LONG);
        begin(few);
        assertFails(HsmFailure.SLOT_BUSY, () -> begin(few));
    }

    @Test
    void whatDoesNotBeginTakesNoPlace() {
        for (int i = 0; i < 5; i++) {
            assertFails(HsmFailure.TOKEN_UNAVAILABLE, () -> held.begin(in(LONG), false, HeldSessionsTests::fail));
        }
        assertThatNoException().isThrownBy(() -> begin(held));
        await().until(() -> pool.counts().inUse() == 1);
    }

    @Test
    void aSessionInWhichSomethingFailedIsClosed() {
        long number = begin(held);
        assertFails(HsmFailure.TOKEN_UNAVAILABLE, () -> held.work(number, in(LONG), HeldSessionsTests::fail));
        assertLetGo(() -> held.end(number, in(LONG), session -> session));
        awaitNoneIsOpen(pool);
    }

    @Test
    void aSessionWhoseEndFailedIsClosed() {
        long number = begin(held);
        assertFails(HsmFailure.TOKEN_UNAVAILABLE, () -> held.end(number, in(LONG), HeldSessionsTests::fail));
        awaitNoneIsOpen(pool);
    }

    @Test
    void aSessionThatNobodyGoesOnWithIsClosed() {
        var impatient = new HeldSessions(pool, SHORT);
        long number = begin(impatient);
        awaitNoneIsOpen(pool);
        assertLetGo(() -> impatient.work(number, in(LONG), session -> session));
    }

    @Test
    void aSessionThatIsAtWorkIsNotTakenForAnIdleOne() {
        var impatient = new HeldSessions(pool, SHORT);
        long number = begin(impatient);
        impatient.work(number, in(LONG), _ -> {
            sleep(SHORT.multipliedBy(4));
            return true;
        });
        assertThatNoException().isThrownBy(() -> impatient.end(number, in(LONG), session -> session));
    }

    @Test
    void allAreLetGoWhenTheTokenIsNeededAlone() {
        long number = begin(held);
        begin(held);
        held.letGoAll();
        awaitNoneIsOpen(pool);
        assertLetGo(() -> held.end(number, in(LONG), session -> session));
    }

    private static long begin(HeldSessions in) {
        return in.begin(in(LONG), false, session -> session);
    }

    private static boolean fail(Session session) throws PKCS11Exception {
        throw new PKCS11Exception(CKR_DEVICE_ERROR);
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitNoneIsOpen(SessionPool pool) {
        await().until(() -> pool.counts().equals(new SessionCounts(8, 0, 0, 0)));
    }

    private static void assertLetGo(ThrowingCallable call) {
        assertFails(HsmFailure.SLOT_BUSY, call);
    }

    private static void assertFails(HsmFailure failure, ThrowingCallable call) {
        assertThatExceptionOfType(HsmException.class).isThrownBy(call).returns(failure, HsmException::failure);
    }

    private SessionPool pool(int max) {
        return new SessionPool("test", () -> token, new Limits(max, LONG, LONG, LONG, LONG, LONG), new LongAdder());
    }

    private static Deadline in(Duration time) {
        return Deadline.in(time);
    }
}
