package dev.slotgate.audit;

/** A record that was given to the journal. */
public interface Receipt {

    /** What there is to wait for when nothing was recorded. */
    Receipt NOTHING = () -> {};

    /** For a record that there was no room for. */
    Receipt REFUSED = () -> {
        throw new JournalUnavailable();
    };

    /**
     * Waits until the record is on the disk, for as long as slotgate.audit.patience allows.
     *
     * @throws JournalUnavailable when it is not by then, or will not be
     */
    void await();
}
