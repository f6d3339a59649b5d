package dev.slotgate;

import java.time.Duration;

/**
 * A test class that comes in two lengths: short with all the others, and in full with {@code ./slotgate campaign <name>},
 * where its numbers are promises. On a busy machine short measurements say little, so there they get some slack.
 */
public final class Campaign {

    private static final boolean FULL = "full".equals(System.getProperty("slotgate.campaign"));
    private static final int SHARE = 50;

    private Campaign() {}

    /** How often to do what is done so often in full: at least once. */
    public static int count(int full) {
        return FULL ? full : Math.max(1, full / SHARE);
    }

    /** How long to do what is done so long in full. */
    public static Duration time(Duration full, Duration inShort) {
        return FULL ? full : inShort;
    }

    /** What a measurement may be off by, in percent. */
    public static int slack(int full, int inShort) {
        return FULL ? full : inShort;
    }

    /** Tells a result, on a line of its own. */
    public static void report(String campaign, String result) {
        System.out.println("campaign " + campaign + ": " + result);
    }
}
