package dev.slotgate.hsm;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash functions of the signature algorithms. The gateway hashes, tokens only see the digest. */
public enum Hash {
    SHA_256("SHA-256", "2.16.840.1.101.3.4.2.1", 32, "3031300d060960864801650304020105000420"),
    SHA_384("SHA-384", "2.16.840.1.101.3.4.2.2", 48, "3041300d060960864801650304020205000430"),
    SHA_512("SHA-512", "2.16.840.1.101.3.4.2.3", 64, "3051300d060960864801650304020305000440");

    public static final Names<Hash> NAMES = Names.of(values(), Hash::jcaName);

    private final String jcaName;
    private final String oid;
    private final int bytes;
    private final String digestInfoPrefix;

    Hash(String jcaName, String oid, int bytes, String digestInfoPrefix) {
        this.jcaName = jcaName;
        this.oid = oid;
        this.bytes = bytes;
        this.digestInfoPrefix = digestInfoPrefix;
    }

    /** The name that the JDK's providers, and people, know. */
    public String jcaName() {
        return jcaName;
    }

    /** Its object identifier (RFC 8017 appendix B.1). */
    public String oid() {
        return oid;
    }

    /** The length of a digest in bytes. */
    public int bytes() {
        return bytes;
    }

    public byte[] digest(byte[] message) {
        return begin().digest(message);
    }

    /** A digest of a message that comes bit by bit. */
    public MessageDigest begin() {
        try {
            return MessageDigest.getInstance(jcaName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + jcaName, e);
        }
    }

    /** Puts a digest into the DER DigestInfo that RSASSA-PKCS1-v1_5 signs (RFC 8017 section 9.2, note 1). */
    public byte[] digestInfo(byte[] digest) {
        byte[] prefix = HexFormat.of().parseHex(digestInfoPrefix);
        byte[] info = new byte[prefix.length + digest.length];
        System.arraycopy(prefix, 0, info, 0, prefix.length);
        System.arraycopy(digest, 0, info, prefix.length, digest.length);
        return info;
    }
}
