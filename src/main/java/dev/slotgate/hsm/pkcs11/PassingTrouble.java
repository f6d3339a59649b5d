package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.TokenException;

/**
 * Trouble of a token that works, over in a moment: SoftHSM shows other sessions an object that one has just begun to write,
 * and fails whoever meets it, or the one that writes; while another process writes one, it shows less of it, or nothing.
 */
final class PassingTrouble {

    /** What a search or a look at an object is answered then. */
    static final Set<Long> OF_A_LOOK = Set.of(CKR_GENERAL_ERROR);

    /** What the use of a key is answered then. */
    static final Set<Long> OF_A_USE = Set.of(CKR_KEY_FUNCTION_NOT_PERMITTED);

    /** What the making of an object is answered then. */
    static final Set<Long> OF_A_MAKING = Set.of(CKR_TEMPLATE_INCONSISTENT, CKR_GENERAL_ERROR, CKR_FUNCTION_FAILED);

    private static final int TRIES = 5;
    private static final Duration PAUSE = Duration.ofMillis(4);

    private PassingTrouble() {}

    /** Tries again what the token answers with one of the codes, after what a failed try left is cleared up. */
    static <T> T outlast(Set<Long> codes, Attempt<T> attempt, ClearUp clearUp) throws TokenException {
        for (int tries = 1; ; tries++) {
            try {
                return attempt.make();
            } catch (PKCS11Exception e) {
                if (tries == TRIES || !codes.contains(e.getErrorCode())) {
                    throw e;
                }
                clearUp.run();
                pause(PAUSE.multipliedBy(tries), e);
            }
        }
    }

    /** Looks again, a little later, while what is seen may be less than there is. */
    static <T> T outlast(Predicate<T> mayBeLess, Attempt<T> look) throws TokenException {
        T seen = look.make();
        for (int looks = 1; looks < TRIES && mayBeLess.test(seen); looks++) {
            pause(PAUSE.multipliedBy(looks), new PKCS11Exception(CKR_FUNCTION_CANCELED));
            seen = look.make();
        }
        return seen;
    }

    private static void pause(Duration time, PKCS11Exception trouble) throws PKCS11Exception {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw trouble;
        }
    }

    /** What is tried. */
    interface Attempt<T> {

        T make() throws TokenException;
    }

    /** What follows a failed try. */
    interface ClearUp {

        void run() throws TokenException;
    }
}
