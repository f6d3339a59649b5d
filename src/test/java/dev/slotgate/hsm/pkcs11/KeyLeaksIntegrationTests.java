package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.Campaign;
import dev.slotgate.SoftHsm;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.Usage;
import dev.slotgate.hsm.WrapAlgorithm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.Mechanism;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenException;

/** Whatever attributes other programs give a key: none is let to wrap another one that it could give away. */
class KeyLeaksIntegrationTests {

    /** Each a bit: wrap, unwrap, encrypt, decrypt, sign, verify, derive, sensitive, extractable, made on the token. */
    private static final int COMBINATIONS = 1 << 10;
    /** Each has its share of the keys, since a token gets slower with every key on it. */
    private static final List<SlotId> TOKENS =
            IntStream.range(0, 32).mapToObj(SlotId::new).toList();

    @TempDir
    Path folder;

    private final Map<HsmFailure, Integer> refused = new EnumMap<>(HsmFailure.class);
    private final List<Integer> wrapping = new ArrayList<>();

    @Test
    void noCombinationOfAttributesMakesAKeyThatGivesAnotherAway() throws Exception {
        List<String> labels = TOKENS.stream().map(SlotId::toString).toList();
        TestTokens.provision(folder, SoftHsm.library(), labels).close();
        Engine.Plan plan = Engine.in(folder).module("module", SoftHsm.library());
        for (SlotId slot : TOKENS) {
            int first = slot.value();
            AnotherProgram.work(SoftHsm.library(), slot.toString(), TestTokens.USER_PIN, session -> {
                for (int bits = first; bits < COMBINATIONS; bits += TOKENS.size()) {
                    make(session, bits);
                }
                return true;
            });
            plan.slot(slot, "module", slot.toString(), TestTokens.USER_PIN);
        }
        try (Engine engine = plan.start()) {
            for (SlotId slot : TOKENS) {
                wrapByAll(engine, slot);
            }
        }
        Campaign.report(
                "key-leaks",
                "of %d combinations of attributes %d may wrap, refused %s"
                        .formatted(COMBINATIONS, wrapping.size(), refused));
        assertThat(refused).containsOnlyKeys(HsmFailure.KEY_USAGE);
        assertThat(wrapping).isNotEmpty().allMatch(KeyLeaksIntegrationTests::givesNothingAway);
    }

    private void wrapByAll(Engine engine, SlotId slot) {
        Key planted = engine.keys()
                .generate(slot, new NewKey(KeyId.random(), "planted", new KeySpec.Aes(256), Usage.ENCRYPT, true));
        for (int bits = slot.value(); bits < COMBINATIONS; bits += TOKENS.size()) {
            try {
                engine.wrapping().wrap(slot, planted.id(), id(bits), WrapAlgorithm.A256KW);
                wrapping.add(bits);
            } catch (HsmException e) {
                refused.merge(e.failure(), 1, Integer::sum);
            }
        }
    }

    /** It wraps, sensitive, made on the token and bound to it, and there is nothing else that it does. */
    private static boolean givesNothingAway(int bits) {
        boolean wraps = has(bits, 0);
        boolean doesMore = has(bits, 2) || has(bits, 3) || has(bits, 4) || has(bits, 5) || has(bits, 6);
        boolean kept = has(bits, 7) && !has(bits, 8) && has(bits, 9);
        return wraps && !doesMore && kept;
    }

    private static boolean has(int bits, int bit) {
        return (bits >> bit & 1) == 1;
    }

    private static KeyId id(int bits) {
        return new KeyId(HexFormat.of().toHexDigits((short) bits));
    }

    private static void make(Session session, int bits) throws TokenException {
        AttributeVector template = AttributeVector.newAESSecretKey()
                .token(true)
                .private_(true)
                .id(id(bits).bytes())
                .wrap(has(bits, 0))
                .unwrap(has(bits, 1))
                .encrypt(has(bits, 2))
                .decrypt(has(bits, 3))
                .sign(has(bits, 4))
                .verify(has(bits, 5))
                .derive(has(bits, 6))
                .sensitive(has(bits, 7))
                .extractable(has(bits, 8));
        if (has(bits, 9)) {
            session.generateKey(new Mechanism(PKCS11Constants.CKM_AES_KEY_GEN), template.valueLen(32));
        } else {
            session.createObject(template.value(new byte[32]));
        }
    }
}
