package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.Quoted;
import java.io.IOException;
import java.io.StringReader;
import java.util.Base64;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import tools.jackson.databind.JsonNode;

/** Reads the bytes of a key in the text of a request. No message shows any of it. */
final class EncodedMaterial {

    private static final String PEM = "-----BEGIN ";

    private EncodedMaterial() {}

    /** PEM (RFC 7468) with the label, or base64. */
    static byte[] of(JsonNode material, String label) {
        String text = text(material).strip();
        return text.startsWith(PEM) ? pem(text, label) : base64(material);
    }

    static byte[] base64(JsonNode material) {
        try {
            return Base64.getDecoder().decode(text(material).strip());
        } catch (IllegalArgumentException e) {
            throw HsmException.invalidField(
                    "material", "standard base64 (RFC 4648 section 4), or PEM where the format has it", "neither");
        }
    }

    private static byte[] pem(String text, String label) {
        try (var reader = new PemReader(new StringReader(text))) {
            PemObject object = reader.readPemObject();
            if (object == null || reader.readPemObject() != null) {
                throw HsmException.invalidField("material", "one '" + label + "' in PEM", "none, or several");
            }
            if (!object.getType().equals(label)) {
                throw HsmException.invalidField(
                        "material", "'" + label + "' in PEM", Quoted.text(object.getType()) + advice(object.getType()));
            }
            return object.getContent();
        } catch (IOException | RuntimeException e) {
            if (e instanceof HsmException told) {
                throw told;
            }
            throw HsmException.invalidField("material", "'" + label + "' in PEM", "what is no PEM");
        }
    }

    private static String advice(String label) {
        return switch (label) {
            case "ENCRYPTED PRIVATE KEY" -> ": decrypt it first, for example with 'openssl pkcs8'";
            case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> ": convert it with 'openssl pkcs8 -topk8 -nocrypt'";
            default -> "";
        };
    }

    private static String text(JsonNode material) {
        if (!material.isString()) {
            throw HsmException.invalidField("material", "a string for this format", "something else");
        }
        return material.asString();
    }
}
