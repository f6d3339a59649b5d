package dev.slotgate.remote;

/** What a session is in the middle of. */
interface Operation {

    /** It is over, done or not: what it keeps is given back. */
    default void ended() {}
}
