package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.Completion;
import dev.slotgate.hsm.TokenMechanism;
import dev.slotgate.hsm.TokenMechanisms;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.xipki.pkcs11.wrapper.MechanismInfo;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.TokenInfo;

/** Translates a token's list of mechanisms (PKCS#11 2.40 section 5.5) into the port's words. */
final class TokenAbilities {

    private static final Map<Long, String> FLAGS = new LinkedHashMap<>();

    static {
        FLAGS.put(CKF_HW, "hardware");
        FLAGS.put(CKF_ENCRYPT, "encrypt");
        FLAGS.put(CKF_DECRYPT, "decrypt");
        FLAGS.put(CKF_DIGEST, "digest");
        FLAGS.put(CKF_SIGN, "sign");
        FLAGS.put(CKF_SIGN_RECOVER, "sign-recover");
        FLAGS.put(CKF_VERIFY, "verify");
        FLAGS.put(CKF_VERIFY_RECOVER, "verify-recover");
        FLAGS.put(CKF_GENERATE, "generate");
        FLAGS.put(CKF_GENERATE_KEY_PAIR, "generate-key-pair");
        FLAGS.put(CKF_WRAP, "wrap");
        FLAGS.put(CKF_UNWRAP, "unwrap");
        FLAGS.put(CKF_DERIVE, "derive");
    }

    private TokenAbilities() {}

    static TokenMechanisms of(BoundToken token, Completion completion) throws PKCS11Exception {
        // The wrapper's list is empty when the token fails.
        TokenInfo info = token.ask();
        List<TokenMechanism> mechanisms = LongStream.of(token.token().getMechanismList())
                .mapToObj(code -> mechanism(token, code))
                .sorted(Comparator.comparingLong(TokenMechanism::code))
                .toList();
        return new TokenMechanisms(
                mechanisms,
                AlgorithmTable.of(
                        mechanisms.stream().map(TokenMechanism::code).collect(Collectors.toSet()),
                        TokenHabits.of(info),
                        completion));
    }

    private static TokenMechanism mechanism(BoundToken token, long code) {
        MechanismInfo info = token.token().getMechanismInfo(code);
        return new TokenMechanism(
                ckmCodeToName(code),
                code,
                info.getMinKeySize(),
                info.getMaxKeySize(),
                FLAGS.entrySet().stream()
                        .filter(flag -> info.hasFlagBit(flag.getKey()))
                        .map(Map.Entry::getValue)
                        .toList());
    }
}
