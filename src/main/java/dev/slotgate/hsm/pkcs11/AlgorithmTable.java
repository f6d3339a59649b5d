package dev.slotgate.hsm.pkcs11;

import static dev.slotgate.hsm.AlgorithmSupport.Support.COMPLETED;
import static dev.slotgate.hsm.AlgorithmSupport.Support.NATIVE;
import static dev.slotgate.hsm.AlgorithmSupport.Support.UNAVAILABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.AlgorithmSupport;
import dev.slotgate.hsm.AlgorithmSupport.Support;
import dev.slotgate.hsm.Completion;
import dev.slotgate.hsm.EncryptionAlgorithm;
import dev.slotgate.hsm.Hash;
import dev.slotgate.hsm.MacAlgorithm;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.WrapAlgorithm;
import dev.slotgate.hsm.WrapAlgorithm.Scheme;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How well each algorithm on offer works with a token. What needs a public key, or none, never needs the token. */
final class AlgorithmTable {

    private final Set<Long> mechanisms;
    private final TokenHabits habits;
    private final Completion completion;
    private final Map<String, Map<String, Support>> rows = new LinkedHashMap<>();

    private AlgorithmTable(Set<Long> mechanisms, TokenHabits habits, Completion completion) {
        this.mechanisms = mechanisms;
        this.habits = habits;
        this.completion = completion;
    }

    /** @param mechanisms their codes */
    static List<AlgorithmSupport> of(Set<Long> mechanisms, TokenHabits habits, Completion completion) {
        var table = new AlgorithmTable(mechanisms, habits, completion);
        table.signatures();
        table.encryption();
        table.wrapping();
        table.rest();
        return table.rows.entrySet().stream()
                .map(row -> new AlgorithmSupport(row.getKey(), row.getValue()))
                .toList();
    }

    private void signatures() {
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            put(algorithm.name(), "sign", by(Mechanisms.signing(algorithm).getMechanismCode()));
            put(algorithm.name(), "verify", NATIVE);
        }
    }

    private void encryption() {
        for (EncryptionAlgorithm algorithm : EncryptionAlgorithm.values()) {
            put(algorithm.joseName(), "encrypt", algorithm.isGcm() ? by(CKM_AES_GCM) : NATIVE);
            put(algorithm.joseName(), "decrypt", decryption(algorithm));
        }
    }

    private Support decryption(EncryptionAlgorithm algorithm) {
        return switch (algorithm) {
            case A128GCM, A192GCM, A256GCM -> by(CKM_AES_GCM);
            case RSA_OAEP -> oaep(true);
            case RSA_OAEP_256 -> oaep(habits.knowsOaep256());
        };
    }

    /** @param takesHash whether the token's OAEP, if it has one, takes the algorithm's hash */
    private Support oaep(boolean takesHash) {
        if (takesHash && mechanisms.contains(CKM_RSA_PKCS_OAEP)) {
            return NATIVE;
        }
        return completion.oaep() && mechanisms.contains(CKM_RSA_X_509) ? COMPLETED : UNAVAILABLE;
    }

    private void wrapping() {
        for (WrapAlgorithm algorithm : WrapAlgorithm.values()) {
            boolean known = algorithm.scheme() != Scheme.OAEP_SHA_256 || habits.knowsOaep256();
            Support support = known ? by(Mechanisms.wrapping(algorithm).getMechanismCode()) : UNAVAILABLE;
            put(algorithm.joseName(), "wrap", support);
            put(algorithm.joseName(), "unwrap", support);
        }
    }

    private void rest() {
        for (MacAlgorithm algorithm : MacAlgorithm.values()) {
            put(algorithm.joseName(), "mac", by(Mechanisms.mac(algorithm).getMechanismCode()));
        }
        boolean derives = completion.derive() && mechanisms.contains(CKM_ECDH1_DERIVE);
        put("ECDH-ES", "derive", derives ? COMPLETED : UNAVAILABLE);
        for (Hash hash : Hash.values()) {
            put(hash.jcaName(), "digest", NATIVE);
        }
    }

    private Support by(long mechanism) {
        return mechanisms.contains(mechanism) ? NATIVE : UNAVAILABLE;
    }

    private void put(String algorithm, String operation, Support support) {
        rows.computeIfAbsent(algorithm, _ -> new LinkedHashMap<>()).put(operation, support);
    }
}
