package dev.slotgate.key;

import dev.slotgate.hsm.Hash;
import dev.slotgate.hsm.Key;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/** The encodings of public keys, each with its media type. */
enum PublicKeyFormat {
    /** SubjectPublicKeyInfo in PEM (RFC 7468). */
    PEM(PublicKeyFormat.PEM_TYPE) {
        @Override
        byte[] encode(Key key, PublicKey publicKey) {
            return Pem.of("PUBLIC KEY", publicKey.getEncoded()).getBytes(StandardCharsets.US_ASCII);
        }
    },
    /** JSON Web Key (RFC 7517) with the key's id as {@code kid}. */
    JSON_WEB_KEY(PublicKeyFormat.JWK_TYPE) {
        @Override
        byte[] encode(Key key, PublicKey publicKey) {
            return PublicJwk.of(key, publicKey, null, List.of()).toJSONString().getBytes(StandardCharsets.UTF_8);
        }
    },
    /** SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7) in DER. */
    DER(PublicKeyFormat.DER_TYPE) {
        @Override
        byte[] encode(Key key, PublicKey publicKey) {
            return publicKey.getEncoded();
        }
    };

    static final String PEM_TYPE = Pem.MEDIA_TYPE;
    static final String JWK_TYPE = "application/jwk+json";
    static final String DER_TYPE = "application/pkix-spki";

    private final String mediaType;

    PublicKeyFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    abstract byte[] encode(Key key, PublicKey publicKey);

    /** The one that the caller likes best; PEM when it takes any. One of them is acceptable, or the call is not routed here. */
    static PublicKeyFormat preferred(List<? extends MimeType> accept) {
        return accept.stream()
                .sorted(Comparator.comparingDouble(PublicKeyFormat::quality).reversed())
                .flatMap(range -> Arrays.stream(values())
                        .filter(format -> range.isCompatibleWith(MimeTypeUtils.parseMimeType(format.mediaType))))
                .findFirst()
                .orElse(PEM);
    }

    private static double quality(MimeType range) {
        return MediaType.asMediaType(range).getQualityValue();
    }

    String mediaType() {
        return mediaType;
    }

    /** SHA-256 of the SubjectPublicKeyInfo in lower-case hex; absent for keys without a public half. */
    static @Nullable String fingerprint(@Nullable PublicKey key) {
        return key == null ? null : HexFormat.of().formatHex(Hash.SHA_256.digest(key.getEncoded()));
    }
}
