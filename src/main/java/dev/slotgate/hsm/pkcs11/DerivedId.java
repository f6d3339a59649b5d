package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.Hash;
import dev.slotgate.hsm.KeyId;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Names for key objects without a CKA_ID, the same at every look: by the modulus or point, so that the halves of a pair get
 * the same one; where the token shows neither, by what little it does show.
 */
final class DerivedId {

    /** No usual CKA_ID is as long; a look-up by one is no reason to search among objects that have none. */
    private static final int BYTES = 24;

    private DerivedId() {}

    static boolean looksLikeOne(KeyId id) {
        return id.hex().length() == 2 * BYTES;
    }

    static KeyId of(KeyObject object) {
        var told = new ByteArrayOutputStream();
        add(told, object.type().name().getBytes(StandardCharsets.US_ASCII));
        BigInteger modulus = object.attributes().modulus();
        byte[] point = object.attributes().ecPoint();
        if (modulus != null) {
            add(told, modulus.toByteArray());
        } else if (point != null) {
            add(told, point);
        } else {
            addWhatIsShown(told, object);
        }
        return KeyId.of(Arrays.copyOf(Hash.SHA_256.digest(told.toByteArray()), BYTES));
    }

    private static void addWhatIsShown(ByteArrayOutputStream told, KeyObject object) {
        add(told, BigInteger.valueOf(object.objectClass()).toByteArray());
        add(told, object.label() == null ? null : object.label().getBytes(StandardCharsets.UTF_8));
        add(told, object.attributes().ecParams());
        Integer length = object.attributes().getIntAttrValue(CKA_VALUE_LEN);
        add(told, length == null ? null : BigInteger.valueOf(length).toByteArray());
    }

    private static void add(ByteArrayOutputStream told, byte @Nullable [] value) {
        byte[] bytes = value == null ? new byte[0] : value;
        told.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        told.writeBytes(bytes);
    }
}
