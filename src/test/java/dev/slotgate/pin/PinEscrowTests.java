package dev.slotgate.pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotTokens;
import dev.slotgate.hsm.StartRefused;
import dev.slotgate.hsm.TokenIdentity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.spec.MGF1ParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinEscrowTests {

    private static final SlotId SLOT = new SlotId(3);
    private static final TokenIdentity TOKEN = new TokenIdentity("soft", "s-a", "a");

    @TempDir
    Path folder;

    private final SlotTokens tokens = mock(SlotTokens.class);
    private final PinVault vault = mock(PinVault.class);
    private final KnownUserPin known = mock(KnownUserPin.class);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @Test
    void onlyThePrivateKeyOpensThePin() throws Exception {
        KeyPair pair = pair(3072);
        PinEscrow escrow = escrow(pem(pair));
        when(vault.keptPin(TOKEN)).thenReturn(Optional.of(new Pin("pïn-51423".toCharArray())));

        EscrowedPin escrowed = escrow.of(SLOT);

        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                pair.getPrivate(),
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
        byte[] opened = cipher.doFinal(Base64.getDecoder().decode(escrowed.encryptedPin()));
        assertThat(new String(opened, StandardCharsets.UTF_8)).isEqualTo("pïn-51423");
        assertThat(escrowed.keyFingerprint())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256")
                                .digest(pair.getPublic().getEncoded())));
        assertThat(metrics.counter("slotgate.pin.escrows").count()).isEqualTo(1);
    }

    @Test
    void withoutAKeyOrAPinThereIsNothingToGive() throws Exception {
        when(vault.keptPin(TOKEN)).thenReturn(Optional.empty());
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> escrow(null).of(SLOT))
                .returns(HsmFailure.ESCROW_NOT_CONFIGURED, HsmException::failure);
        PinEscrow escrow = escrow(pem(pair(3072)));
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> escrow.of(SLOT))
                .returns(HsmFailure.SLOT_LOCKED, HsmException::failure);
    }

    @Test
    void whatIsNoKeyOrTooSmallKeepsTheGatewayFromStarting() throws Exception {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> escrow(pem(pair(2048))))
                .withMessageContaining("2048 bits, and needs 3072");
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> escrow(Files.writeString(folder.resolve("none.pem"), "no key")))
                .withMessageContaining("BEGIN PUBLIC KEY");
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> escrow(folder.resolve("missing.pem")))
                .withMessageContaining("cannot be read");
    }

    @Test
    void randomPinsAreAsLongAsTheTokenTakes() {
        assertThat(RandomPin.of(4, 8).characters()).hasSize(8);
        assertThat(RandomPin.of(4, 255).characters()).hasSize(64);
        assertThat(new String(RandomPin.of(4, 255).characters()))
                .matches("[A-Za-z0-9]{64}")
                .isNotEqualTo(new String(RandomPin.of(4, 255).characters()));
    }

    private PinEscrow escrow(@Nullable Path key) {
        when(tokens.of(SLOT)).thenReturn(TOKEN);
        when(known.find(SLOT, TOKEN)).thenReturn(Optional.empty());
        return new PinEscrow(new PinSettings(List.of(), new PinSettings.Escrow(key)), tokens, vault, known, metrics);
    }

    private Path pem(KeyPair pair) throws Exception {
        String body = Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded());
        return Files.writeString(
                folder.resolve("escrow.pem"), "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n");
    }

    private static KeyPair pair(int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }
}
