package dev.slotgate.crypto;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.VerifiedSigner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Signatures of a batch: those with the same key share calls of the token. */
@Service
class SignaturesTogether {

    private final Signatures signatures;
    private final VerifiedSigner signer;

    SignaturesTogether(Signatures signatures, VerifiedSigner signer) {
        this.signatures = signatures;
        this.signer = signer;
    }

    /** @return what gives the answer of each, in order, or throws what it failed with */
    List<Callable<SignResponse>> sign(SlotId slot, List<SignRequest> requests, KeyUser user, List<AuditTrail> trails) {
        List<Call> calls =
                requests.stream().map(request -> begun(slot, request, user)).toList();
        calls.stream()
                .filter(call -> call.signing != null)
                .collect(groupingBy(Call::target, LinkedHashMap::new, toList()))
                .values()
                .forEach(sameKey -> sign(slot, sameKey));
        var answers = new ArrayList<Callable<SignResponse>>();
        for (int i = 0; i < calls.size(); i++) {
            Call call = calls.get(i);
            AuditTrail trail = trails.get(i);
            answers.add(() -> RecordedUse.of(trail, call.request.key(), call.request.algorithm(), call::answer));
        }
        return answers;
    }

    private Call begun(SlotId slot, SignRequest request, KeyUser user) {
        var call = new Call(request);
        try {
            call.signing = signatures.begin(slot, request, user);
        } catch (RuntimeException e) {
            call.failure = e;
        }
        return call;
    }

    /** One that fails fails alone: when several did, each is tried by itself. */
    private void sign(SlotId slot, List<Call> calls) {
        int together = calls.size();
        int done = 0;
        while (done < calls.size()) {
            List<Call> next = calls.subList(done, Math.min(done + together, calls.size()));
            try {
                List<byte @Nullable []> made = signAll(slot, next);
                for (int i = 0; i < made.size(); i++) {
                    next.get(i).end(made.get(i));
                }
                done += made.size();
            } catch (RuntimeException e) {
                if (next.size() == 1) {
                    next.getFirst().failure = e;
                    done++;
                }
                together = 1;
            }
        }
    }

    private List<byte @Nullable []> signAll(SlotId slot, List<Call> calls) {
        Signatures.Use use = calls.getFirst().signing().use();
        return signer.signAll(
                slot,
                use.key(),
                use.algorithm(),
                calls.stream().map(call -> call.signing().input()).toList());
    }

    /** What is signed with it can be signed together. */
    private record Target(KeyId key, SignatureAlgorithm algorithm) {}

    /** A call under way. */
    private static final class Call {

        private final SignRequest request;
        private Signatures.@Nullable Signing signing;
        private byte @Nullable [] raw;
        private @Nullable RuntimeException failure;

        Call(SignRequest request) {
            this.request = request;
        }

        Signatures.Signing signing() {
            return Objects.requireNonNull(signing);
        }

        Target target() {
            return new Target(signing().use().key().id(), signing().use().algorithm());
        }

        void end(byte @Nullable [] made) {
            raw = made;
            failure = made == null ? VerifiedSigner.faulty() : null;
        }

        SignResponse answer() {
            if (failure != null) {
                throw failure;
            }
            return signing().use().answer(Objects.requireNonNull(raw), null);
        }
    }
}
