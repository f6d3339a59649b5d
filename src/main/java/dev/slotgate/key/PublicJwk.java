package dev.slotgate.key;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.PublicKeyInfo;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.Usage;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Public keys as JSON Web Keys (RFC 7517), with the key's id as {@code kid}. */
final class PublicJwk {

    private PublicJwk() {}

    /**
     * @param allowed the only algorithms that the key is used with
     * @param chain its certificate and those above it, in DER; empty when it has none
     */
    static JWK of(Key key, PublicKey publicKey, @Nullable List<String> allowed, List<byte[]> chain) {
        KeyUse use = key.usage().contains(Usage.SIGN) ? KeyUse.SIGNATURE : KeyUse.ENCRYPTION;
        Algorithm algorithm = algorithm(key, allowed);
        List<Base64> x5c =
                chain.isEmpty() ? null : chain.stream().map(Base64::encode).toList();
        String id = key.id().hex();
        if (publicKey instanceof RSAPublicKey rsa) {
            return new RSAKey.Builder(rsa)
                    .keyID(id)
                    .keyUse(use)
                    .algorithm(algorithm)
                    .x509CertChain(x5c)
                    .build();
        }
        Curve curve = PublicKeyInfo.curve(publicKey).orElseThrow();
        var name = com.nimbusds.jose.jwk.Curve.parse(curve.jwkName());
        byte[] point = PublicKeyInfo.point(publicKey);
        if (curve == Curve.ED25519) {
            return new OctetKeyPair.Builder(name, Base64URL.encode(point))
                    .keyID(id)
                    .keyUse(use)
                    .algorithm(algorithm)
                    .x509CertChain(x5c)
                    .build();
        }
        int field = curve.fieldBytes();
        return new ECKey.Builder(
                        name,
                        Base64URL.encode(Arrays.copyOfRange(point, 1, 1 + field)),
                        Base64URL.encode(Arrays.copyOfRange(point, 1 + field, point.length)))
                .keyID(id)
                .keyUse(use)
                .algorithm(algorithm)
                .x509CertChain(x5c)
                .build();
    }

    /** The one that there is; where several are possible, none is named, since a verifier would refuse the others. */
    private static @Nullable Algorithm algorithm(Key key, @Nullable List<String> allowed) {
        if (allowed != null && allowed.size() == 1) {
            return new JWSAlgorithm(allowed.getFirst());
        }
        List<SignatureAlgorithm> signing =
                key.usage().contains(Usage.SIGN) ? Algorithms.signing(key.type(), key.curve()) : List.of();
        return signing.size() == 1 ? new JWSAlgorithm(signing.getFirst().name()) : null;
    }
}
