package dev.slotgate.remote;

import dev.slotgate.hsm.EncryptionAlgorithm;
import dev.slotgate.hsm.KeyUses;
import dev.slotgate.remote.wire.Sized;
import dev.slotgate.security.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Decryption with RSA-OAEP and AES-GCM (PKCS#11 2.40 section 5.9). It is done once; a client whose buffer is too small gets the
 * plaintext with its next try.
 */
@Component
class DecryptionCalls implements Call.Family {

    private static final Rule DECRYPT = Rule.use(Scope.CRYPTO_USE, "crypto.decrypt");

    private final KeyUses uses;

    DecryptionCalls(KeyUses uses) {
        this.uses = uses;
    }

    @Override
    public List<Call> calls() {
        return List.of(
                Call.onSession(33, "C_DecryptInit", "uMu", "", DECRYPT.begins(), DecryptionCalls::begin),
                Call.onSession(34, "C_Decrypt", "uayfy", "ay", DECRYPT, this::decrypt)
                        .goingOnWith(CipherWork.OfDecryption.class),
                Call.onSession(35, "C_DecryptUpdate", "uayfy", "ay", DECRYPT.begins(), DecryptionCalls::update)
                        .goingOnWith(CipherWork.OfDecryption.class),
                Call.onSession(36, "C_DecryptFinal", "ufy", "ay", DECRYPT, this::finish)
                        .goingOnWith(CipherWork.OfDecryption.class));
    }

    private static List<Object> begin(CallContext call) {
        return call.begin(CipherWork.OfDecryption.class, mechanism -> {
            call.requireUser();
            RemoteObject key = call.object(2, ReturnCode.KEY_HANDLE_INVALID);
            CipherMechanism cipher = CipherMechanism.of(mechanism, key.key());
            if (!key.isPrivate()) {
                throw new CallRefused(ReturnCode.KEY_FUNCTION_NOT_PERMITTED);
            }
            key.require(Cryptoki.DECRYPT);
            return new CipherWork.OfDecryption(new CipherWork(cipher, key, call.allowance()));
        });
    }

    private static List<Object> update(CallContext call) {
        call.session()
                .operation(CipherWork.OfDecryption.class)
                .work()
                .add(call.arguments().bytesOrNone(1));
        return List.of(Sized.nothing());
    }

    private List<Object> decrypt(CallContext call) {
        return end(call, call.arguments().bytes(1), call.arguments().room(2));
    }

    private List<Object> finish(CallContext call) {
        return end(call, null, call.arguments().room(1));
    }

    private List<Object> end(CallContext call, byte @Nullable [] last, long room) {
        CipherWork work =
                call.session().operation(CipherWork.OfDecryption.class).work();
        if (room == 0 && work.result() == null && work.longest(last) > 0) {
            return List.of(new Sized(null, work.longest(last)));
        }
        byte[] plaintext = work.result();
        if (plaintext == null) {
            plaintext = opened(call, work, last);
        }
        if (plaintext.length > 0 && !Sized.fits(plaintext.length, room)) {
            return List.of(Sized.kept(plaintext.length));
        }
        call.session().end(CipherWork.OfDecryption.class);
        return List.of(new Sized(plaintext, plaintext.length));
    }

    private byte[] opened(CallContext call, CipherWork work, byte @Nullable [] last) {
        if (last != null) {
            work.add(last);
        }
        CipherMechanism cipher = work.cipher();
        EncryptionAlgorithm algorithm = cipher.algorithm();
        call.trail().key(work.key().id().hex());
        call.trail().algorithm(algorithm.joseName());
        byte[] plaintext = uses.decrypt(
                call.slot(), work.key().id(), algorithm, cipher.iv(), cipher.bound(), work.input(), call.user());
        work.keep(plaintext);
        return plaintext;
    }
}
