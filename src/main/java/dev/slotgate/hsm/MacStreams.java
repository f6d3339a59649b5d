package dev.slotgate.hsm;

import java.util.Optional;

/**
 * Makes message authentication codes of messages that come part by part. Each keeps a session of its slot from its beginning to
 * its end, and all of them at most a quarter of the slot's sessions. One that is not gone on with for some seconds is given up,
 * and so is every one when the token is needed alone: what is asked of it then fails with SLOT_BUSY. With TOKEN_UNAVAILABLE fails
 * what is asked of one whose process is gone. Whoever meets a failure aborts.
 */
public interface MacStreams {

    /**
     * Begins one.
     *
     * @return what names it; empty where the token is not known to make them safely
     * @throws HsmException SLOT_BUSY when there are as many as there may be, KEY_NOT_FOUND, or whatever the token made of it
     */
    Optional<MacStream> begin(SlotId slot, KeyId key, MacAlgorithm algorithm);

    /** Adds a part of the message. */
    void update(SlotId slot, MacStream stream, byte[] part);

    /** Ends it. @return as {@link KeyCrypto#mac} gives it */
    byte[] end(SlotId slot, MacStream stream);

    /** Gives it up, if it is still there. */
    void abort(SlotId slot, MacStream stream);
}
