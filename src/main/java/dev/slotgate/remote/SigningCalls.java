package dev.slotgate.remote;

import dev.slotgate.hsm.KeyUses;
import dev.slotgate.hsm.MacAlgorithm;
import dev.slotgate.remote.wire.Sized;
import dev.slotgate.security.Scope;
import java.util.List;
import org.springframework.stereotype.Component;

/** Signatures and MACs (PKCS#11 2.40 section 5.11). */
@Component
class SigningCalls implements Call.Family {

    private static final Rule SIGN = Rule.use(Scope.CRYPTO_USE, "crypto.sign");
    private static final Rule MAC = Rule.use(Scope.CRYPTO_USE, "crypto.mac");

    private final KeyUses uses;

    SigningCalls(KeyUses uses) {
        this.uses = uses;
    }

    @Override
    public List<Call> calls() {
        return List.of(
                Call.onSession(42, "C_SignInit", "uMu", "", SIGN.begins(), SigningCalls::begin),
                Call.onSession(43, "C_Sign", "uayfy", "ay", SigningCalls::rule, this::sign)
                        .goingOnWith(Signing.class),
                Call.onSession(44, "C_SignUpdate", "uay", "", SIGN.begins(), SigningCalls::update)
                        .goingOnWith(Signing.class),
                Call.onSession(45, "C_SignFinal", "ufy", "ay", SigningCalls::rule, this::finish)
                        .goingOnWith(Signing.class));
    }

    private static Rule rule(CallContext call) {
        Signing operation = call.session().operation(Signing.class);
        return operation.work.mechanism().mac() == null ? SIGN : MAC;
    }

    private static List<Object> begin(CallContext call) {
        return call.begin(Signing.class, mechanism -> {
            call.session().requireNone(Signing.class);
            call.requireUser();
            RemoteObject key = call.object(2, ReturnCode.KEY_HANDLE_INVALID);
            key.require(Cryptoki.SIGN);
            return new Signing(new SignatureWork(mechanism, key, call.allowance()));
        });
    }

    private static List<Object> update(CallContext call) {
        call.session()
                .operation(Signing.class)
                .work
                .message()
                .add(call.arguments().bytesOrNone(1));
        return List.of();
    }

    private List<Object> sign(CallContext call) {
        SignatureWork work = call.session().operation(Signing.class).work;
        long room = call.arguments().room(2);
        if (!Sized.fits(work.length(), room)) {
            return List.of(new Sized(null, work.length()));
        }
        return end(call, work, call.arguments().bytesOrNone(1));
    }

    private List<Object> finish(CallContext call) {
        SignatureWork work = call.session().operation(Signing.class).work;
        if (!Sized.fits(work.length(), call.arguments().room(1))) {
            return List.of(new Sized(null, work.length()));
        }
        return end(call, work, new byte[0]);
    }

    private List<Object> end(CallContext call, SignatureWork work, byte[] last) {
        try {
            call.trail().key(work.object().id().hex());
            work.message().add(last);
            byte[] made = work.mechanism().mac() == null
                    ? signed(call, work)
                    : mac(call, work, work.mechanism().mac());
            return List.of(new Sized(made, made.length));
        } finally {
            call.session().end(Signing.class);
        }
    }

    private byte[] signed(CallContext call, SignatureWork work) {
        SignedInput input = work.finish();
        call.trail().algorithm(input.algorithm().name());
        return uses.sign(call.slot(), work.object().id(), input.algorithm(), input.bytes(), call.user());
    }

    private byte[] mac(CallContext call, SignatureWork work, MacAlgorithm algorithm) {
        call.trail().algorithm(algorithm.joseName());
        return uses.mac(
                call.slot(), work.object().id(), algorithm, work.message().end(), call.user());
    }

    /** A signature that is being made. */
    private record Signing(SignatureWork work) implements SignatureWork.OfSession {}
}
