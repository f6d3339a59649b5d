package dev.slotgate.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.slotgate.hsm.EncryptionAlgorithm;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.remote.wire.Attribute;
import dev.slotgate.remote.wire.Dialect;
import dev.slotgate.security.Caller;
import dev.slotgate.security.SlotAccess;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AllowanceTests {

    private static final int MIB = 1 << 20;
    private static final SlotId SLOT = new SlotId(0);

    private final Allowance allowance = new Allowance();

    @Test
    void whatTheConnectionsOfACallerKeepCountsTogether() {
        Application one = application();
        for (int i = 0; i < 7; i++) {
            decrypting(one).add(new byte[MIB]);
        }
        CipherWork eighth = decrypting(application());
        eighth.add(new byte[MIB / 2]);

        assertThatExceptionOfType(CallRefused.class)
                .isThrownBy(() -> eighth.add(new byte[MIB / 2]))
                .extracting(CallRefused::code)
                .isEqualTo(ReturnCode.DEVICE_MEMORY);
        one.sessionsOf(SLOT).getFirst().end(CipherWork.OfDecryption.class);
        eighth.add(new byte[MIB / 2]);
    }

    @Test
    void whoeverGoesGivesEverythingBack() {
        Application application = application();
        CipherWork work = decrypting(application);
        work.add(new byte[MIB]);
        work.keep(new byte[MIB]);
        RemoteSession session = application.sessionsOf(SLOT).getFirst();
        application.objects().keep(object(session, new Attribute.Bytes(new byte[MIB])));
        long nested = application.objects().keep(object(session, nested()));
        assertThat(allowance.kept()).isBetween(4L * MIB, 4L * MIB + 4096);

        application.objects().forget(nested);
        assertThat(allowance.kept()).isBetween(3L * MIB, 3L * MIB + 4096);
        application.close();
        assertThat(allowance.kept()).isZero();
    }

    @Test
    void aLargeRequestWaitsUntilOthersAreAnswered() {
        Allowance.Request large = allowance.request();
        large.await(3 * MIB);
        allowance.request().await(1024);
        Thread waiting = Thread.ofVirtual().start(() -> allowance.request().await(2 * MIB));
        await().until(() -> waiting.getState() == Thread.State.WAITING);

        large.close();

        await().until(() -> !waiting.isAlive());
    }

    private Application application() {
        return new Application(
                new Caller("somebody", null, Set.of(), new SlotAccess(true, Set.of()), null), Dialect.V0, allowance);
    }

    /** A message that is decrypted in a session of its own. */
    private CipherWork decrypting(Application application) {
        RemoteSession session = application.open(SLOT, true);
        var mechanism = new CipherMechanism(EncryptionAlgorithm.RSA_OAEP, null, new byte[0]);
        var work = new CipherWork(mechanism, object(session, new Attribute.Flag(true)), allowance);
        session.begin(CipherWork.OfDecryption.class, new CipherWork.OfDecryption(work));
        return work;
    }

    private static Attribute.Value nested() {
        return new Attribute.Template(List.of(new Attribute(Cryptoki.VALUE, new Attribute.Bytes(new byte[MIB]))));
    }

    private static RemoteObject object(RemoteSession session, Attribute.Value value) {
        return new RemoteObject(
                new RemoteObject.Identity(SLOT, Cryptoki.DATA, null),
                Map.of(Cryptoki.VALUE, value),
                null,
                null,
                session);
    }
}
