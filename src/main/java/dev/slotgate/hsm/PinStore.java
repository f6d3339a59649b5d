package dev.slotgate.hsm;

import java.util.List;

/** The user PINs that the gateway keeps, by the token that they belong to. */
public interface PinStore {

    /**
     * The user PIN of the token; several while it is not known which of them the token has, in the order in which they are to
     * be tried; none when the store has none. The caller wipes them.
     *
     * @throws HsmException DATABASE_UNAVAILABLE
     */
    List<Pin> userPins(TokenIdentity token);

    /**
     * The token accepted the PIN: it is the one, from now on.
     *
     * @throws HsmException DATABASE_UNAVAILABLE
     */
    void accepted(TokenIdentity token, Pin pin);

    /**
     * The PIN is not to be used any more, until one is accepted.
     *
     * @throws HsmException DATABASE_UNAVAILABLE
     */
    void forget(TokenIdentity token);
}
