package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.KeyMaterial;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.PublicKeyInfo;
import dev.slotgate.hsm.Quoted;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The encodings of keys that can be imported. */
enum ImportFormat {
    /** A private key as PrivateKeyInfo (RFC 5208), in DER or PEM. */
    PKCS8 {
        @Override
        KeyMaterial read(JsonNode material, KeyType type) {
            return Pkcs8Key.read(EncodedMaterial.of(material, "PRIVATE KEY"));
        }
    },
    /** A public key as SubjectPublicKeyInfo (RFC 5280), in DER or PEM. */
    SPKI {
        @Override
        KeyMaterial read(JsonNode material, KeyType type) {
            try {
                return PublicHalves.checked(PublicKeyInfo.decode(EncodedMaterial.of(material, "PUBLIC KEY")));
            } catch (GeneralSecurityException e) {
                throw HsmException.invalidField(
                        "material", "a SubjectPublicKeyInfo of RSA or of a curve on offer", "another");
            }
        }
    },
    /** The bytes of a secret key. */
    RAW {
        @Override
        KeyMaterial read(JsonNode material, KeyType type) {
            return SecretKeys.checked(EncodedMaterial.base64(material), type);
        }
    },
    /** A JSON Web Key (RFC 7517), private, secret or public. */
    JWK {
        @Override
        KeyMaterial read(JsonNode material, KeyType type) {
            return JsonWebKey.read(material, type);
        }
    };

    /**
     * Reads a key and checks that it is one.
     *
     * @param type for formats that do not tell it
     * @throws HsmException INVALID_FIELD
     */
    abstract KeyMaterial read(JsonNode material, KeyType type);

    static ImportFormat named(@Nullable String word) {
        return Arrays.stream(values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> HsmException.invalidField(
                        "format", "one of pkcs8, spki, raw, jwk", word == null ? "nothing" : Quoted.text(word)));
    }
}
