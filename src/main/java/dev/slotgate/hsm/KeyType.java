package dev.slotgate.hsm;

/** The kinds of keys that the gateway knows, by the names of RFC 7518 where it has one. */
public enum KeyType {
    RSA,
    EC,
    OKP,
    AES,
    HMAC
}
