package dev.slotgate.hsm;

/**
 * What the gateway knows of a slot without asking the token; the counts are since the start.
 *
 * @param hungCalls calls that were given up and have not come back yet
 * @param logins logins of the user that were sent to the token
 * @param givenUpCalls calls that did not answer within their deadline
 * @param recoveries how often the slot, or its module, was begun anew since the token failed, or that was tried
 * @param waits for a session, of callers that did not find one free
 * @param uses of sessions, for as long as each was lent
 */
public record SlotStatus(
        SlotState state,
        SessionCounts sessions,
        int hungCalls,
        long logins,
        long givenUpCalls,
        long recoveries,
        Timing waits,
        Timing uses) {}
