package dev.slotgate.hsm;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;

/** The elliptic curves on offer, by their names in JSON Web Keys (RFC 7518 section 6.2.1.1). */
public enum Curve {
    P_256(KeyType.EC, "P-256", "secp256r1", 32, "06082a8648ce3d030107"),
    P_384(KeyType.EC, "P-384", "secp384r1", 48, "06052b81040022"),
    P_521(KeyType.EC, "P-521", "secp521r1", 66, "06052b81040023"),
    SECP256K1(KeyType.EC, "secp256k1", "secp256k1", 32, "06052b8104000a"),
    /** RFC 8410; other programs also name it by the PrintableString that PKCS#11 3.0 has. */
    ED25519(KeyType.OKP, "Ed25519", "Ed25519", 32, "06032b6570", "130c656477617264733235353139");

    private final KeyType keyType;
    private final String jwkName;
    private final String jcaName;
    private final int fieldBytes;
    private final String oidDer;
    private final String nameDer;

    Curve(KeyType keyType, String jwkName, String jcaName, int fieldBytes, String oidDer) {
        this(keyType, jwkName, jcaName, fieldBytes, oidDer, oidDer);
    }

    Curve(KeyType keyType, String jwkName, String jcaName, int fieldBytes, String oidDer, String nameDer) {
        this.keyType = keyType;
        this.jwkName = jwkName;
        this.jcaName = jcaName;
        this.fieldBytes = fieldBytes;
        this.oidDer = oidDer;
        this.nameDer = nameDer;
    }

    /** The names of the curves for keys of a type, for messages. */
    public static String names(KeyType keyType) {
        return Arrays.stream(values())
                .filter(c -> c.keyType == keyType)
                .map(Curve::jwkName)
                .collect(Collectors.joining(", "));
    }

    public static Optional<Curve> named(String jwkName) {
        return Arrays.stream(values()).filter(c -> c.jwkName.equals(jwkName)).findFirst();
    }

    /** Finds the curve of a CKA_EC_PARAMS value that names it; other forms are of no known curve. */
    public static Optional<Curve> ofParameters(byte[] ecParams) {
        String hex = HexFormat.of().formatHex(ecParams);
        return Arrays.stream(values())
                .filter(c -> hex.equals(c.oidDer) || hex.equals(c.nameDer))
                .findFirst();
    }

    /** The type of the keys on it: EC, or OKP (RFC 8037) for Edwards curves. */
    public KeyType keyType() {
        return keyType;
    }

    public String jwkName() {
        return jwkName;
    }

    /** The name that the JDK's providers know. */
    public String jcaName() {
        return jcaName;
    }

    /** The length of a coordinate, and of r and of s in a raw signature, in bytes. */
    public int fieldBytes() {
        return fieldBytes;
    }

    /** The length of a point: uncompressed (SEC 1 section 2.3.3), or that of RFC 8032. */
    public int pointBytes() {
        return keyType == KeyType.EC ? 1 + 2 * fieldBytes : fieldBytes;
    }

    /** CKA_EC_PARAMS: the curve's OID in DER. */
    public byte[] parameters() {
        return HexFormat.of().parseHex(oidDer);
    }
}
