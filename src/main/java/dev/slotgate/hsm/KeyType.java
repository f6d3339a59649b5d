package dev.slotgate.hsm;

/** The kinds of keys that the gateway knows, by the names of RFC 7518 where it has one. */
public enum KeyType {
    RSA(KeyClass.PRIVATE),
    EC(KeyClass.PRIVATE),
    OKP(KeyClass.PRIVATE),
    AES(KeyClass.SECRET),
    HMAC(KeyClass.SECRET);

    private final KeyClass keyClass;

    KeyType(KeyClass keyClass) {
        this.keyClass = keyClass;
    }

    /** What a token holds of a whole key: PRIVATE for pairs. */
    public KeyClass keyClass() {
        return keyClass;
    }
}
