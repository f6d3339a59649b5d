package dev.slotgate.audit;

import java.time.Duration;

/** A record that was given to the journal. */
public interface Receipt {

    /** What there is to wait for when nothing was recorded. */
    Receipt NOTHING = _ -> {};

    /** For a record that there was no room for. */
    Receipt REFUSED = _ -> {
        throw new JournalUnavailable();
    };

    /** Waits until the record is on the disk. @throws JournalUnavailable when it is not by then, or will not be */
    void await(Duration patience);
}
