package dev.slotgate.pin;

import dev.slotgate.hsm.Hash;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotTokens;
import dev.slotgate.hsm.TokenIdentity;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.GeneralSecurityException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Gives user PINs to the one who holds the escrow's private key, and to nobody else. */
@Service
class PinEscrow {

    private static final OAEPParameterSpec OAEP_256 =
            new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);

    private final @Nullable RSAPublicKey key;
    private final SlotTokens tokens;
    private final PinVault vault;
    private final KnownUserPin known;
    private final Counter given;

    PinEscrow(PinSettings settings, SlotTokens tokens, PinVault vault, KnownUserPin known, MeterRegistry metrics) {
        this.key = settings.pinEscrow().publicKey() == null
                ? null
                : EscrowKey.read(settings.pinEscrow().publicKey());
        this.tokens = tokens;
        this.vault = vault;
        this.known = known;
        this.given = Counter.builder("slotgate.pin.escrows")
                .description("User PINs that were given out, encrypted to the escrow key")
                .register(metrics);
    }

    /** @throws HsmException ESCROW_NOT_CONFIGURED, or SLOT_LOCKED when the gateway knows no PIN */
    EscrowedPin of(SlotId slot) {
        TokenIdentity token = tokens.of(slot);
        if (key == null) {
            throw new HsmException(HsmFailure.ESCROW_NOT_CONFIGURED, "This gateway has no escrow of PINs.");
        }
        try (Pin pin = vault.keptPin(token)
                .or(() -> known.find(slot, token))
                .orElseThrow(() ->
                        new HsmException(HsmFailure.SLOT_LOCKED, "The slot's user PIN is not known to the gateway."))) {
            EscrowedPin escrowed = encrypt(key, pin);
            given.increment();
            return escrowed;
        }
    }

    private static EscrowedPin encrypt(RSAPublicKey key, Pin pin) {
        byte[] characters = pin.utf8();
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, OAEP_256);
            return new EscrowedPin(
                    Base64.getEncoder().encodeToString(cipher.doFinal(characters)),
                    HexFormat.of().formatHex(Hash.SHA_256.digest(key.getEncoded())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA-OAEP, and a PIN is shorter than the key", e);
        } finally {
            Arrays.fill(characters, (byte) 0);
        }
    }
}
