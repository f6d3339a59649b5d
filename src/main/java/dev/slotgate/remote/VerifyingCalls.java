package dev.slotgate.remote;

import dev.slotgate.hsm.KeyUses;
import dev.slotgate.hsm.MacAlgorithm;
import dev.slotgate.hsm.SignatureVerifier;
import dev.slotgate.security.Scope;
import java.security.PublicKey;
import java.util.List;
import org.springframework.stereotype.Component;

/** The verification of signatures and MACs (PKCS#11 2.40 section 5.13); also with a public key that a client brings along. */
@Component
class VerifyingCalls implements Call.Family {

    private static final Rule VERIFY = Rule.use(Scope.CRYPTO_PUBLIC, "crypto.verify");
    private static final Rule MAC = Rule.use(Scope.CRYPTO_USE, "crypto.macVerify");

    private final KeyUses uses;

    VerifyingCalls(KeyUses uses) {
        this.uses = uses;
    }

    @Override
    public List<Call> calls() {
        return List.of(
                Call.onSession(48, "C_VerifyInit", "uMu", "", Rule.NONE, VerifyingCalls::begin),
                Call.onSession(49, "C_Verify", "uayay", "", VerifyingCalls::rule, this::verify)
                        .goingOnWith(Verifying.class),
                Call.onSession(50, "C_VerifyUpdate", "uay", "", Rule.NONE, VerifyingCalls::update)
                        .goingOnWith(Verifying.class),
                Call.onSession(51, "C_VerifyFinal", "uay", "", VerifyingCalls::rule, this::finish)
                        .goingOnWith(Verifying.class));
    }

    private static Rule rule(CallContext call) {
        Verifying operation = call.session().operation(Verifying.class);
        return operation.work.mechanism().mac() == null ? VERIFY : MAC;
    }

    private static List<Object> begin(CallContext call) {
        return call.begin(Verifying.class, mechanism -> {
            call.session().requireNone(Verifying.class);
            RemoteObject key = call.object(2, ReturnCode.KEY_HANDLE_INVALID);
            if (key.isPrivate()) {
                call.requireUser();
            }
            key.require(Cryptoki.VERIFY);
            return new Verifying(new SignatureWork(mechanism, key, call.allowance()));
        });
    }

    private static List<Object> update(CallContext call) {
        call.session()
                .operation(Verifying.class)
                .work
                .message()
                .add(call.arguments().bytesOrNone(1));
        return List.of();
    }

    private List<Object> verify(CallContext call) {
        call.session()
                .operation(Verifying.class)
                .work
                .message()
                .add(call.arguments().bytesOrNone(1));
        return end(call, call.arguments().bytesOrNone(2));
    }

    private List<Object> finish(CallContext call) {
        return end(call, call.arguments().bytesOrNone(1));
    }

    private List<Object> end(CallContext call, byte[] given) {
        SignatureWork work = call.session().operation(Verifying.class).work;
        try {
            MacAlgorithm mac = work.mechanism().mac();
            boolean valid = mac == null ? isSigned(call, work, given) : isMac(call, work, mac, given);
            if (!valid) {
                throw new CallRefused(
                        given.length == work.length() ? ReturnCode.SIGNATURE_INVALID : ReturnCode.SIGNATURE_LEN_RANGE);
            }
            return List.of();
        } finally {
            call.session().end(Verifying.class);
        }
    }

    private boolean isSigned(CallContext call, SignatureWork work, byte[] given) {
        SignedInput input = work.finish();
        call.trail().algorithm(input.algorithm().name());
        RemoteObject object = work.object();
        PublicKey own = object.publicKeyOrNull();
        if (!object.isOfToken() && own != null) {
            return SignatureVerifier.verify(own, input.algorithm(), input.bytes(), given);
        }
        call.trail().key(object.id().hex());
        return uses.verify(call.slot(), object.id(), input.algorithm(), input.bytes(), given, call.user());
    }

    private boolean isMac(CallContext call, SignatureWork work, MacAlgorithm algorithm, byte[] given) {
        call.trail().key(work.object().id().hex());
        call.trail().algorithm(algorithm.joseName());
        return uses.verifyMac(
                call.slot(), work.object().id(), algorithm, work.message().end(), given, call.user());
    }

    /** A signature that is being verified. */
    private record Verifying(SignatureWork work) implements SignatureWork.OfSession {}
}
