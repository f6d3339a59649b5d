package dev.slotgate.remote;

import dev.slotgate.hsm.Hash;
import dev.slotgate.remote.wire.Sized;
import dev.slotgate.security.Scope;
import java.util.List;
import org.springframework.stereotype.Component;

/** Digests (PKCS#11 2.40 section 5.10), which need no token. */
@Component
class DigestCalls implements Call.Family {

    private static final Rule DIGEST = Rule.use(Scope.CRYPTO_PUBLIC, "crypto.digest");

    @Override
    public List<Call> calls() {
        return List.of(
                Call.onSession(37, "C_DigestInit", "uM", "", DIGEST.begins(), DigestCalls::begin),
                Call.onSession(38, "C_Digest", "uayfy", "ay", DIGEST, DigestCalls::digest)
                        .goingOnWith(Digesting.class),
                Call.onSession(39, "C_DigestUpdate", "uay", "", DIGEST.begins(), DigestCalls::update)
                        .goingOnWith(Digesting.class),
                Call.onSession(41, "C_DigestFinal", "ufy", "ay", DIGEST, DigestCalls::finish)
                        .goingOnWith(Digesting.class));
    }

    private static List<Object> begin(CallContext call) {
        return call.begin(Digesting.class, mechanism -> {
            Hash hash = HashMechanism.find(mechanism.type())
                    .orElseThrow(() -> new CallRefused(ReturnCode.MECHANISM_INVALID));
            return new Digesting(hash, new MessageSoFar(hash, call.allowance()));
        });
    }

    private static List<Object> update(CallContext call) {
        call.session().operation(Digesting.class).message.add(call.arguments().bytesOrNone(1));
        return List.of();
    }

    private static List<Object> digest(CallContext call) {
        return end(call, call.arguments().bytesOrNone(1), call.arguments().room(2));
    }

    private static List<Object> finish(CallContext call) {
        return end(call, new byte[0], call.arguments().room(1));
    }

    private static List<Object> end(CallContext call, byte[] last, long room) {
        Digesting operation = call.session().operation(Digesting.class);
        int length = operation.hash.bytes();
        if (!Sized.fits(length, room)) {
            return List.of(new Sized(null, length));
        }
        call.session().end(Digesting.class);
        call.trail().algorithm(operation.hash.jcaName());
        operation.message.add(last);
        return List.of(new Sized(operation.message.end(), length));
    }

    /** A digest that is being made. */
    private record Digesting(Hash hash, MessageSoFar message) implements Operation {}
}
