package dev.slotgate.hsm.binding;

/** Which signatures are verified before they leave, all of them; of the others one in a hundred is. */
enum SignatureChecks {
    /** A faulty RSA signature gives its key away; verifying one of ECDSA costs more than making it. */
    RSA,
    ALL,
    /** Not even one in a hundred. */
    OFF
}
