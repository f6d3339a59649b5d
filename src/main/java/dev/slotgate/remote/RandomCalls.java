package dev.slotgate.remote;

import dev.slotgate.hsm.KeyUses;
import dev.slotgate.remote.wire.Sized;
import dev.slotgate.security.Scope;
import java.util.List;
import org.springframework.stereotype.Component;

/** Random numbers of the token (PKCS#11 2.40 section 5.16). */
@Component
class RandomCalls implements Call.Family {

    private static final Rule RANDOM = Rule.use(Scope.CRYPTO_PUBLIC, "crypto.random");

    private final KeyUses uses;

    RandomCalls(KeyUses uses) {
        this.uses = uses;
    }

    @Override
    public List<Call> calls() {
        return List.of(
                Call.onSession(63, "C_SeedRandom", "uay", "", Rule.NONE, _ -> {
                    throw new CallRefused(ReturnCode.RANDOM_SEED_NOT_SUPPORTED);
                }),
                Call.onSession(64, "C_GenerateRandom", "ufy", "ay", RANDOM, this::generate));
    }

    /** The room of the buffer is how many are wanted. */
    private List<Object> generate(CallContext call) {
        long length = call.arguments().room(1);
        if (length == 0 || length == 0xffffffffL) {
            return List.of(Sized.nothing());
        }
        byte[] random = uses.random(call.slot(), (int) Math.min(length, Integer.MAX_VALUE));
        return List.of(new Sized(random, random.length));
    }
}
