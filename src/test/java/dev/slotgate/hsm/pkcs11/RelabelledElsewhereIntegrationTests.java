package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.SoftHsm;
import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.Usage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xipki.pkcs11.wrapper.AttributeVector;

/** Another process, a second gateway for one, writes a key's objects while this one uses them: SoftHSM shows less of them. */
class RelabelledElsewhereIntegrationTests {

    private static final SlotId SLOT = new SlotId(0);
    private static final int TIMES = 300;

    @TempDir
    Path folder;

    @Test
    void aKeySignsOnWhileAnotherProgramChangesItsLabel() throws Exception {
        TestTokens.provision(folder, SoftHsm.library(), List.of("slot-0")).close();
        try (Engine engine = Engine.in(folder)
                .module("module", SoftHsm.library())
                .slot(SLOT, "module", "slot-0", TestTokens.USER_PIN)
                .start()) {
            Key key = engine.keys()
                    .generate(
                            SLOT,
                            new NewKey(KeyId.random(), "label", new KeySpec.OnCurve(Curve.P_256), Usage.SIGN, false));

            Concurrently.beside(
                    4,
                    () -> engine.signer().sign(SLOT, key.id(), SignatureAlgorithm.ES256, new byte[32]),
                    () -> relabel(key));

            assertThat(engine.keys().get(SLOT, key.id()).label()).isEqualTo("label " + (TIMES - 1));
        }
    }

    private static void relabel(Key key) {
        byte[] id = key.id().bytes();
        AnotherProgram.work(SoftHsm.library(), "slot-0", TestTokens.USER_PIN, session -> {
            for (int i = 0; i < TIMES; i++) {
                for (long half : session.findAllObjectsSingle(new AttributeVector().id(id))) {
                    session.setAttributeValues(half, new AttributeVector().label("label " + i));
                }
                pause();
            }
            return true;
        });
    }

    private static void pause() {
        try {
            Thread.sleep(2);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
