package dev.slotgate.hsm.worker;

import dev.slotgate.hsm.PublicKeyInfo;
import java.security.GeneralSecurityException;
import java.security.PublicKey;

/** Public keys as their SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7). */
final class PublicKeyCodec implements Codec<PublicKey> {

    @Override
    public void write(PublicKey key, WireWriter to) {
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            throw new WireException("expected a public key that can be encoded");
        }
        to.putBytes(encoded);
    }

    @Override
    public PublicKey read(WireReader from) {
        try {
            return PublicKeyInfo.decode(from.takeBytes());
        } catch (GeneralSecurityException e) {
            throw new WireException("expected a public key as SubjectPublicKeyInfo");
        }
    }
}
