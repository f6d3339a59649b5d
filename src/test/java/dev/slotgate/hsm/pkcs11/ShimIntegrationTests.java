package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.PKCS11Module;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.Slot;
import org.xipki.pkcs11.wrapper.Token;
import org.xipki.pkcs11.wrapper.TokenException;

/** That the shim misbehaves as its rules say, and not otherwise; through the wrapper, as the adapter sees it. */
class ShimIntegrationTests {

    private static final char[] PIN = TestTokens.USER_PIN.toCharArray();
    private static final char[] WRONG = "not-the-pin".toCharArray();

    @TempDir
    Path folder;

    private Shim shim;
    private PKCS11Module module;

    @BeforeEach
    void putItInFrontOfTwoTokens() throws Exception {
        shim = Shim.build(folder);
        TestTokens.provision(folder, shim.library(), List.of("a", "b")).close();
        module = PKCS11Module.getInstance(shim.library().toString());
        module.initialize();
    }

    @AfterEach
    void finalise() throws Exception {
        if (module != null) {
            module.finalize(null);
        }
    }

    @Test
    void countsTheCallsAndTheFaultsOfEveryFunction() throws Exception {
        shim.rules("C_GenerateRandom rv=0x30 count=2");
        Session session = open("a");
        long calls = shim.calls("C_GenerateRandom");
        long faults = shim.faults("C_GenerateRandom");
        for (int i = 0; i < 2; i++) {
            assertAnswers(CKR_DEVICE_ERROR, () -> session.generateRandom(4));
        }
        assertThat(session.generateRandom(4)).hasSize(4);

        assertThat(shim.calls("C_GenerateRandom") - calls).isEqualTo(3);
        assertThat(shim.faults("C_GenerateRandom") - faults).isEqualTo(2);
        assertThat(shim.faults()).containsKey("C_GenerateRandom").doesNotContainKey("C_WaitForSlotEvent");
        assertThat(shim.calls("C_WaitForSlotEvent")).isZero();
    }

    @Test
    void aRuleForOneTokenLeavesTheOtherAlone() throws Exception {
        Session a = open("a");
        Session b = open("b");
        shim.rules("""
                C_GenerateRandom token=a rv=0x30
                C_GetTokenInfo token=b rv=0x31
                """);

        assertAnswers(CKR_DEVICE_ERROR, () -> a.generateRandom(4));
        assertThat(b.generateRandom(4)).hasSize(4);
        assertAnswers(CKR_DEVICE_MEMORY, () -> b.getToken().getTokenInfo());
        assertThat(a.getToken().getTokenInfo().getLabel()).isEqualTo("a");
    }

    @Test
    void aRuleKnowsItsTokenAfterTheModuleWasRestarted() throws Exception {
        shim.rules("C_GenerateRandom token=b rv=0x30");
        open("a");
        module.finalize(null);
        module.initialize();
        assertThat(shim.openSessions()).isZero();

        Session b = open("b");
        assertAnswers(CKR_DEVICE_ERROR, () -> b.generateRandom(4));
        assertThat(open("a").generateRandom(4)).hasSize(4);
    }

    @Test
    void ofSeveralCodesEachOneComes() throws Exception {
        shim.rules("C_GenerateRandom rv=0x30|0x31|0xB3");
        Session session = open("a");
        var came = new TreeSet<Long>();
        for (int i = 0; i < 200; i++) {
            assertThatExceptionOfType(PKCS11Exception.class)
                    .isThrownBy(() -> session.generateRandom(4))
                    .satisfies(e -> came.add(e.getErrorCode()));
        }
        assertThat(came).containsExactly(CKR_DEVICE_ERROR, CKR_DEVICE_MEMORY, CKR_SESSION_HANDLE_INVALID);
    }

    @Test
    void anAnswerCanBeLostAfterTheAct() throws Exception {
        Session session = open("a");
        shim.rules("C_Login rv=0x30 post");
        assertAnswers(CKR_DEVICE_ERROR, () -> session.login(CKU_USER, PIN));

        shim.rules("");
        assertAnswers(CKR_USER_ALREADY_LOGGED_IN, () -> session.login(CKU_USER, PIN));
    }

    @Test
    void aTokenThatIsGoneIsMissedEverywhereAndTheOtherIsNot() throws Exception {
        Session a = open("a");
        Session b = open("b");
        Token gone = a.getToken();
        shim.rules("* gone token=a");

        assertAnswers(CKR_DEVICE_REMOVED, () -> a.generateRandom(4));
        assertAnswers(CKR_DEVICE_REMOVED, () -> a.closeSession());
        assertAnswers(CKR_TOKEN_NOT_PRESENT, () -> gone.getTokenInfo());
        assertAnswers(CKR_TOKEN_NOT_PRESENT, () -> gone.openSession(true));
        assertAnswers(CKR_TOKEN_NOT_PRESENT, () -> module.getPKCS11Module().C_GetMechanismList(gone.getTokenID()));
        assertThat(gone.getSlot().getSlotInfo().isTokenPresent()).isFalse();
        assertThat(labels()).contains("b").doesNotContain("a");
        assertThat(b.generateRandom(4)).hasSize(4);
    }

    @Test
    void aTokenThatIsBackHasLostItsSessionsAndItsLogin() throws Exception {
        Session before = open("a");
        before.login(CKU_USER, PIN);
        Token token = before.getToken();
        shim.rules("* gone token=a");
        assertAnswers(CKR_TOKEN_NOT_PRESENT, () -> token.openSession(true));

        shim.rules("");
        assertAnswers(CKR_SESSION_HANDLE_INVALID, () -> before.generateRandom(4));
        assertThat(labels()).contains("a", "b");
        Session again = open("a");
        again.login(CKU_USER, PIN);
    }

    @Test
    void aPinIsLockedAfterSoManyWrongOnesAndTheFlagsTellIt() throws Exception {
        shim.rules("lockout=3");
        Session session = open("a");
        assertThat(flags("a")).isZero();
        assertAnswers(CKR_PIN_INCORRECT, () -> session.login(CKU_USER, WRONG));
        assertThat(flags("a")).isEqualTo(CKF_USER_PIN_COUNT_LOW);
        assertAnswers(CKR_PIN_INCORRECT, () -> session.setPIN(WRONG, PIN));
        assertThat(flags("a")).isEqualTo(CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY);
        assertAnswers(CKR_PIN_INCORRECT, () -> session.login(CKU_USER, WRONG));
        assertThat(flags("a")).isEqualTo(CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_LOCKED);

        assertAnswers(CKR_PIN_LOCKED, () -> session.login(CKU_USER, PIN));
        assertThat(flags("b")).isZero();
        session.login(CKU_SO, "so-a".toCharArray());
        session.initPIN(PIN);
        assertThat(flags("a") & CKF_USER_PIN_LOCKED).isZero();
    }

    @Test
    void aRightPinSetsTheCountBack() throws Exception {
        shim.rules("lockout=2");
        Session session = open("b");
        for (int i = 0; i < 3; i++) {
            assertAnswers(CKR_PIN_INCORRECT, () -> session.login(CKU_USER, WRONG));
            session.login(CKU_USER, PIN);
            session.logout();
        }
        assertThat(flags("b")).isZero();
    }

    @Test
    void onlySessionsThatSomebodyMayStillCloseCount() throws Exception {
        long before = shim.openSessions();
        Session kept = open("a");
        Session leaked = open("a");
        assertThat(shim.openSessions() - before).isEqualTo(2);

        shim.rules("C_CloseSession rv=0x30 count=1");
        assertAnswers(CKR_DEVICE_ERROR, () -> leaked.closeSession());
        assertThat(shim.openSessions() - before).isEqualTo(1);
        kept.closeSession();
        assertThat(shim.openSessions() - before).isZero();
    }

    private static void assertAnswers(long returnCode, ThrowingCallable call) {
        assertThatThrownBy(call).satisfies(e -> assertThat(code(e)).isEqualTo(returnCode));
    }

    /** The wrapper's low-level calls throw another exception of the same name. */
    private static long code(Throwable thrown) {
        return thrown instanceof iaik.pkcs.pkcs11.wrapper.PKCS11Exception e
                ? e.getErrorCode()
                : ((PKCS11Exception) thrown).getErrorCode();
    }

    private Session open(String label) throws TokenException {
        return token(label).openSession(true);
    }

    private Token token(String label) throws TokenException {
        for (Slot slot : module.getSlotList(true)) {
            if (slot.getToken().getTokenInfo().getLabel().equals(label)) {
                return slot.getToken();
            }
        }
        throw new AssertionError("no token " + label);
    }

    private List<String> labels() throws TokenException {
        return Arrays.stream(module.getSlotList(true))
                .map(ShimIntegrationTests::label)
                .toList();
    }

    private static String label(Slot slot) {
        try {
            return slot.getToken().getTokenInfo().getLabel();
        } catch (TokenException e) {
            throw new AssertionError(e);
        }
    }

    private long flags(String label) throws TokenException {
        return token(label).getTokenInfo().getFlags()
                & (CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED);
    }
}
