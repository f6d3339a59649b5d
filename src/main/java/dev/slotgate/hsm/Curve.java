package dev.slotgate.hsm;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The elliptic curves on offer, by their names in JSON Web Keys (RFC 7518 section 6.2.1.1). */
public enum Curve {
    P_256("P-256", "secp256r1", 32, "06082a8648ce3d030107"),
    P_384("P-384", "secp384r1", 48, "06052b81040022"),
    P_521("P-521", "secp521r1", 66, "06052b81040023");

    private final String jwkName;
    private final String jcaName;
    private final int fieldBytes;
    private final String oidDer;

    Curve(String jwkName, String jcaName, int fieldBytes, String oidDer) {
        this.jwkName = jwkName;
        this.jcaName = jcaName;
        this.fieldBytes = fieldBytes;
        this.oidDer = oidDer;
    }

    public static Optional<Curve> named(String jwkName) {
        return Arrays.stream(values()).filter(c -> c.jwkName.equals(jwkName)).findFirst();
    }

    /** Finds the curve of a CKA_EC_PARAMS value that names it by its OID; other forms are of no known curve. */
    public static Optional<Curve> ofParameters(byte[] ecParams) {
        String hex = HexFormat.of().formatHex(ecParams);
        return Arrays.stream(values()).filter(c -> c.oidDer.equals(hex)).findFirst();
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

    /** CKA_EC_PARAMS: the curve's OID in DER. */
    public byte[] parameters() {
        return HexFormat.of().parseHex(oidDer);
    }
}
