package dev.slotgate.audit;

/**
 * How far the journal is written for good.
 *
 * @param sequence of the last line; 0 when there is none
 * @param hash of the last line
 */
record Tip(long sequence, String hash) {

    static final Tip NONE = new Tip(0, JournalLine.NOTHING_BEFORE);
}
