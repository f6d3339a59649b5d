package dev.slotgate.remote;

import dev.slotgate.hsm.EncryptionAlgorithm;
import dev.slotgate.hsm.KeyUses;
import dev.slotgate.remote.wire.Sized;
import dev.slotgate.security.Scope;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Encryption with RSA-OAEP (PKCS#11 2.40 section 5.8). Not with GCM: there the client chooses the IV, and here the gateway does, so
 * that none comes twice.
 */
@Component
class EncryptionCalls implements Call.Family {

    private static final Rule ENCRYPT = Rule.use(Scope.CRYPTO_PUBLIC, "crypto.encrypt");

    private final KeyUses uses;

    EncryptionCalls(KeyUses uses) {
        this.uses = uses;
    }

    @Override
    public List<Call> calls() {
        return List.of(
                Call.onSession(29, "C_EncryptInit", "uMu", "", ENCRYPT.begins(), EncryptionCalls::begin),
                Call.onSession(30, "C_Encrypt", "uayfy", "ay", ENCRYPT, this::encrypt)
                        .goingOnWith(CipherWork.OfEncryption.class),
                Call.onSession(31, "C_EncryptUpdate", "uayfy", "ay", ENCRYPT.begins(), EncryptionCalls::update)
                        .goingOnWith(CipherWork.OfEncryption.class),
                Call.onSession(32, "C_EncryptFinal", "ufy", "ay", ENCRYPT, this::finish)
                        .goingOnWith(CipherWork.OfEncryption.class));
    }

    private static List<Object> begin(CallContext call) {
        return call.begin(CipherWork.OfEncryption.class, mechanism -> {
            RemoteObject key = call.object(2, ReturnCode.KEY_HANDLE_INVALID);
            CipherMechanism cipher = CipherMechanism.of(mechanism, key.key());
            if (cipher.algorithm().isGcm()) {
                throw new CallRefused(ReturnCode.MECHANISM_PARAM_INVALID);
            }
            key.require(Cryptoki.ENCRYPT);
            return new CipherWork.OfEncryption(new CipherWork(cipher, key, call.allowance()));
        });
    }

    private static List<Object> update(CallContext call) {
        call.session()
                .operation(CipherWork.OfEncryption.class)
                .work()
                .add(call.arguments().bytesOrNone(1));
        return List.of(Sized.nothing());
    }

    private List<Object> encrypt(CallContext call) {
        return end(call, call.arguments().bytesOrNone(1), call.arguments().room(2));
    }

    private List<Object> finish(CallContext call) {
        return end(call, new byte[0], call.arguments().room(1));
    }

    private List<Object> end(CallContext call, byte[] last, long room) {
        CipherWork work =
                call.session().operation(CipherWork.OfEncryption.class).work();
        if (!Sized.fits(work.longest(), room)) {
            return List.of(new Sized(null, work.longest()));
        }
        try {
            work.add(last);
            EncryptionAlgorithm algorithm = work.cipher().algorithm();
            call.trail().key(work.key().id().hex());
            call.trail().algorithm(algorithm.joseName());
            byte[] made = uses.encrypt(
                    call.slot(), work.key().id(), algorithm, work.cipher().bound(), work.input(), call.user());
            return List.of(new Sized(made, made.length));
        } finally {
            call.session().end(CipherWork.OfEncryption.class);
        }
    }
}
