package dev.slotgate.key;

import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.ImportedKey;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyMaterial;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.PublicKeyInfo;
import dev.slotgate.hsm.Quoted;
import dev.slotgate.hsm.Usage;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of {@code POST /slots/{slot}/keys/import}.
 *
 * @param format {@code pkcs8}, {@code spki}, {@code raw} or {@code jwk}
 * @param material base64 (DER for the first two), PEM, or a JSON Web Key as an object or a string
 * @param size when it is there, that of the key
 * @param curve when it is there, that of the key
 */
record ImportKeyRequest(
        @Nullable String format,
        @Nullable JsonNode material,
        @Nullable String type,
        @Nullable Integer size,
        @Nullable String curve,
        @Nullable String label,
        @Nullable List<@Nullable String> usage,
        @Nullable Boolean extractable,
        @Nullable List<@Nullable String> algorithms,
        @Nullable Map<String, @Nullable String> tags) {

    /** The order for the token; whoever takes it closes it. @throws HsmException INVALID_FIELD or USAGE_CONFLICT */
    ImportedKey order(KeyId id) {
        KeyType wanted = KeyKind.type(type);
        String checkedLabel = KeyLabel.checked(label);
        if (material == null || material.isNull()) {
            throw HsmException.invalidField("material", "the key", "nothing");
        }
        KeyMaterial key = ImportFormat.named(format).read(material, wanted);
        try {
            checkIs(key, wanted);
            Usage use = key.keyClass() == KeyClass.PUBLIC
                    ? Usages.ofPublic(usage, wanted)
                    : Usages.ofForeign(usage, wanted);
            return new ImportedKey(
                    id, checkedLabel, key, use, key.keyClass() != KeyClass.PUBLIC && Boolean.TRUE.equals(extractable));
        } catch (HsmException e) {
            key.close();
            throw e;
        }
    }

    /** What the database is to know of the key. */
    KeyMetadata metadata(ImportedKey order) {
        KeyMaterial key = order.material();
        return KeyMetadata.ofNew(
                Tags.checked(tags),
                Algorithms.checked(algorithms, key.type(), bits(key), curve(key), order.usage()),
                key instanceof KeyMaterial.Secret ? bits(key) : null);
    }

    private void checkIs(KeyMaterial key, KeyType wanted) {
        if (key.type() != wanted) {
            throw HsmException.invalidField("material", "a key of type " + wanted, "one of type " + key.type());
        }
        Integer bits = bits(key);
        if (size != null && !size.equals(bits)) {
            throw HsmException.invalidField(
                    "size", bits == null ? "no such field for this key" : "that of the key, " + bits, size.toString());
        }
        Curve onCurve = curve(key);
        if (curve != null && (onCurve == null || !onCurve.jwkName().equals(curve))) {
            throw HsmException.invalidField(
                    "curve",
                    onCurve == null ? "no such field for this key" : "that of the key, " + onCurve.jwkName(),
                    Quoted.text(curve));
        }
    }

    private static @Nullable Integer bits(KeyMaterial key) {
        return switch (key) {
            case KeyMaterial.Secret secret -> Integer.valueOf(secret.value().length * Byte.SIZE);
            case KeyMaterial.RsaPair pair -> bits(pair.publicKey());
            case KeyMaterial.PublicHalf half -> bits(half.publicKey());
            case KeyMaterial.CurvePair _ -> null;
        };
    }

    private static @Nullable Integer bits(PublicKey key) {
        return key instanceof RSAPublicKey rsa
                ? Integer.valueOf(rsa.getModulus().bitLength())
                : null;
    }

    private static @Nullable Curve curve(KeyMaterial key) {
        return switch (key) {
            case KeyMaterial.CurvePair pair -> pair.curve();
            case KeyMaterial.PublicHalf half ->
                PublicKeyInfo.curve(half.publicKey()).orElse(null);
            case KeyMaterial.Secret _, KeyMaterial.RsaPair _ -> null;
        };
    }
}
