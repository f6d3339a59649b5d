package dev.slotgate.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyAccess;
import dev.slotgate.hsm.KeyOperation;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.TestKeys;
import dev.slotgate.hsm.VerifiedSigner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Against a token that signs at most three together, refuses what begins with nine, and makes a fault in what begins with eight. */
class SignaturesTogetherTests {

    private static final SlotId SLOT = new SlotId(0);

    private final List<String> calls = new ArrayList<>();
    private final SignaturesTogether together = together(new ThreeAtOnce());

    private static SignaturesTogether together(VerifiedSigner signer) {
        return new SignaturesTogether(new Signatures(new AnyKey(), signer), signer);
    }

    private List<Callable<SignResponse>> make(SignRequest... requests) {
        List<AuditTrail> trails = List.of(requests).stream()
                .map(_ -> new AuditTrail("id", "127.0.0.1"))
                .toList();
        return together.sign(SLOT, List.of(requests), new KeyUser("somebody", null, false), trails);
    }

    private static SignRequest request(String key, int first) {
        byte[] digest = new byte[32];
        digest[0] = (byte) first;
        return new SignRequest(key, "ES256", null, digest, "raw");
    }

    private static byte[] signature(Callable<SignResponse> answer) throws Exception {
        return answer.call().signature();
    }

    @Test
    void eachGetsTheSignatureOfItsOwnInputWithItsOwnKey() throws Exception {
        List<Callable<SignResponse>> answers = make(
                request("aa", 1),
                request("bb", 2),
                request("aa", 3),
                request("aa", 4),
                request("bb", 5),
                request("aa", 6));
        assertThat(signature(answers.get(0))).startsWith(0xaa, 1);
        assertThat(signature(answers.get(1))).startsWith(0xbb, 2);
        assertThat(signature(answers.get(2))).startsWith(0xaa, 3);
        assertThat(signature(answers.get(3))).startsWith(0xaa, 4);
        assertThat(signature(answers.get(4))).startsWith(0xbb, 5);
        assertThat(signature(answers.get(5))).startsWith(0xaa, 6);
        assertThat(calls).containsExactly("aa 4", "aa 1", "bb 2");
    }

    @Test
    void whatIsWrongWithOneIsItsOwn() throws Exception {
        List<Callable<SignResponse>> answers = make(
                request("aa", 1),
                request("none", 2),
                request("aa", 9),
                new SignRequest("aa", "ES256", null, new byte[31], null),
                request("aa", 3));
        assertThat(signature(answers.get(0))).startsWith(0xaa, 1);
        assertFails(answers.get(1), HsmFailure.KEY_NOT_FOUND);
        assertFails(answers.get(2), HsmFailure.REFUSED_BY_TOKEN);
        assertFails(answers.get(3), HsmFailure.INVALID_FIELD);
        assertThat(signature(answers.get(4))).startsWith(0xaa, 3);
    }

    @Test
    void aFaultyOneIsNotMadeAgain() throws Exception {
        List<Callable<SignResponse>> answers = make(request("aa", 1), request("aa", 8), request("aa", 3));
        assertThat(signature(answers.get(0))).startsWith(0xaa, 1);
        assertFails(answers.get(1), HsmFailure.SIGNATURE_FAULTY);
        assertThat(signature(answers.get(2))).startsWith(0xaa, 3);
        assertThat(calls).containsExactly("aa 3");
    }

    @Test
    void whatFailsForSeveralIsTriedForEach() {
        List<Callable<SignResponse>> answers = make(request("aa", 9), request("aa", 9), request("aa", 1));
        assertFails(answers.get(0), HsmFailure.REFUSED_BY_TOKEN);
        assertFails(answers.get(1), HsmFailure.REFUSED_BY_TOKEN);
        assertThat(calls).containsExactly("aa 3", "aa 1", "aa 1", "aa 1");
    }

    private static void assertFails(Callable<SignResponse> answer, HsmFailure failure) {
        assertThatExceptionOfType(HsmException.class).isThrownBy(answer::call).returns(failure, HsmException::failure);
    }

    private final class ThreeAtOnce implements VerifiedSigner {

        @Override
        public byte[] sign(SlotId slot, Key key, SignatureAlgorithm algorithm, byte[] input) {
            throw new AssertionError("signs alone");
        }

        @Override
        public List<byte @Nullable []> signAll(
                SlotId slot, Key key, SignatureAlgorithm algorithm, List<byte[]> inputs) {
            calls.add(key.id() + " " + inputs.size());
            if (inputs.getFirst()[0] == 9) {
                throw new HsmException(HsmFailure.REFUSED_BY_TOKEN, "not this one");
            }
            var made = new ArrayList<byte @Nullable []>();
            for (byte[] input : inputs.subList(0, Math.min(3, inputs.size()))) {
                if (input[0] == 9) {
                    break;
                }
                made.add(input[0] == 8 ? null : new byte[] {key.id().bytes()[0], input[0]});
            }
            return made;
        }
    }

    /** Every key is there but one. */
    private static final class AnyKey implements KeyAccess {

        @Override
        public Key find(SlotId slot, String idOrLabel, Use use) {
            if (idOrLabel.equals("none")) {
                throw new HsmException(HsmFailure.KEY_NOT_FOUND, "There is no such key.");
            }
            return TestKeys.onP256(slot, idOrLabel, null);
        }

        @Override
        public Chosen choose(
                SlotId slot,
                String idOrLabel,
                KeyOperation operation,
                KeyUser user,
                Function<Key, List<String>> preferred) {
            throw new AssertionError("no algorithm is chosen");
        }
    }
}
