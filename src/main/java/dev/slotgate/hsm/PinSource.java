package dev.slotgate.hsm;

import java.util.Optional;

/** Where the user PIN comes from that the gateway logs in with. */
public interface PinSource {

    /** The user PIN of the token; empty when it is not known, and the slot stays locked. The caller wipes it. */
    Optional<Pin> userPin(TokenIdentity token);
}
