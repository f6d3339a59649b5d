package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.PublicKeyInfo;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.bouncycastle.jce.interfaces.ECPrivateKey;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.util.BigIntegers;

/** Keys and certificates that no token made. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SoftwareKeys(PublicKey publicKey, byte[] secret) {

    static SoftwareKeys onCurve(Curve curve) throws GeneralSecurityException {
        if (curve == Curve.ED25519) {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            return new SoftwareKeys(PublicKeyInfo.decode(pair.getPublic().getEncoded()), seed);
        }
        var generator = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
        generator.initialize(new ECGenParameterSpec(curve.jcaName()));
        KeyPair pair = generator.generateKeyPair();
        return new SoftwareKeys(
                PublicKeyInfo.decode(pair.getPublic().getEncoded()),
                BigIntegers.asUnsignedByteArray(curve.fieldBytes(), ((ECPrivateKey) pair.getPrivate()).getD()));
    }

    /** Some certificate, another one each time. */
    static byte[] certificate() throws IOException, InterruptedException {
        String serial =
                new BigInteger(64, new SecureRandom()).add(BigInteger.ONE).toString();
        Process process = new ProcessBuilder(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:P-256",
                        "-nodes",
                        "-keyout",
                        "/dev/null",
                        "-subj",
                        "/CN=test",
                        "-days",
                        "1",
                        "-set_serial",
                        serial)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String pem = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        process.waitFor();
        String base64 = pem.substring(pem.indexOf("-----\n") + 6, pem.indexOf("-----END"));
        return Base64.getMimeDecoder().decode(base64);
    }
}
