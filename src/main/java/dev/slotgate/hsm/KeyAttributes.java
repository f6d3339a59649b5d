package dev.slotgate.hsm;

/** The attributes of a key that say how well it is kept, as the token tells them (PKCS#11 2.40 section 4.9). */
public record KeyAttributes(
        boolean sensitive,
        boolean extractable,
        boolean alwaysSensitive,
        boolean neverExtractable,
        boolean local,
        boolean modifiable) {}
