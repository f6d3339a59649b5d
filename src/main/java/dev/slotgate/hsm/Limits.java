package dev.slotgate.hsm;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a slot allows.
 *
 * @param sessions how many sessions at most, and never more than the token allows
 * @param sessionWait how long a caller waits for one
 * @param exclusiveWait how long work that needs the slot for itself waits for the operations that run
 * @param callDeadline how long a call may take, whatever it waits for
 * @param generationDeadline how long the generation of a key may take
 * @param idleCheck after how long without use a session is checked before it is used again
 */
public record Limits(
        int sessions,
        Duration sessionWait,
        Duration exclusiveWait,
        Duration callDeadline,
        Duration generationDeadline,
        Duration idleCheck) {

    private static final int MAX_SESSIONS = 1000;
    private static final Duration LONGEST = Duration.ofHours(1);

    public static final Limits DEFAULT = new Limits(
            8,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60));

    /** @throws StartRefused naming the key of a value that makes no sense */
    public void check(String key) {
        if (sessions < 1 || sessions > MAX_SESSIONS) {
            throw new StartRefused(key + ".sessions is " + sessions + ", and must be from 1 to " + MAX_SESSIONS + ".");
        }
        checkPositive(key + ".session-wait", sessionWait);
        checkPositive(key + ".exclusive-wait", exclusiveWait);
        checkPositive(key + ".call-deadline", callDeadline);
        checkPositive(key + ".generation-deadline", generationDeadline);
        checkPositive(key + ".idle-check", idleCheck);
    }

    private static void checkPositive(String key, Duration value) {
        if (!value.isPositive() || value.compareTo(LONGEST) > 0) {
            throw new StartRefused(key + " is " + value.toMillis() + " ms, and must be above 0 and at most 1 h.");
        }
    }

    /** The number of sessions on a token: never above what it allows, and one of those is the keeper's. */
    public int sessionsOn(long allowed) {
        return Math.clamp(allowed - 1, 1, sessions);
    }

    /** These limits with fewer sessions, since others of the same slot are open elsewhere. */
    public Limits withSessions(int fewer) {
        return new Limits(fewer, sessionWait, exclusiveWait, callDeadline, generationDeadline, idleCheck);
    }

    /** These limits with those of one slot in their place. */
    public Limits with(Overrides slot) {
        return new Limits(
                or(slot.sessions, sessions),
                or(slot.sessionWait, sessionWait),
                or(slot.exclusiveWait, exclusiveWait),
                or(slot.callDeadline, callDeadline),
                or(slot.generationDeadline, generationDeadline),
                or(slot.idleCheck, idleCheck));
    }

    private static <T> T or(@Nullable T own, T general) {
        return own == null ? general : own;
    }

    /**
     * The limits of one slot; what is absent is as for all slots.
     *
     * @param sessions at most, from 1 to 1000, and never more than the token allows; 8
     * @param sessionWait for a session that comes free, then 503 {@code slot-busy}; 1 s. This and the following: up to 1 h
     * @param exclusiveWait for what runs to finish, before work that needs the token alone; 1 s
     * @param callDeadline of a call, for all that it waits for; 2 s
     * @param generationDeadline of the generation of a key; 30 s
     * @param idleCheck a session that was unused for longer is checked before use; 60 s
     */
    public record Overrides(
            @Nullable Integer sessions,
            @Nullable Duration sessionWait,
            @Nullable Duration exclusiveWait,
            @Nullable Duration callDeadline,
            @Nullable Duration generationDeadline,
            @Nullable Duration idleCheck) {

        public static final Overrides NONE = new Overrides(null, null, null, null, null, null);
    }
}
