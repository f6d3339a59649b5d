package dev.slotgate.bench;

/**
 * How thoroughly is measured.
 *
 * @param rounds of everything, by turns
 * @param seconds of what is compared with a goal, in each round
 * @param warmUp in seconds of load, of each gateway
 * @param starts of each gateway
 * @param firstSeconds how long after its start a gateway is loaded at once, in the last starts, as many as there are rounds
 * @param manyKeys in a slot
 * @param mostKeys in a slot
 */
record Pace(
        String word, int rounds, int seconds, int warmUp, int starts, int firstSeconds, int manyKeys, int mostKeys) {

    static final Pace FULL = new Pace("full", 3, 3, 45, 5, 10, 1_000, 10_000);

    /** Its figures only show that everything can be measured, and about where it is. */
    static final Pace QUICK = new Pace("quick", 1, 1, 4, 1, 2, 50, 200);
}
