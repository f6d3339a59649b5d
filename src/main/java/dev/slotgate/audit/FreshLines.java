package dev.slotgate.audit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Lines that were written just now, for one follower that keeps up; one that does not finds them in the files. */
final class FreshLines {

    /** More than are written while a follower pauses, and 2 MB. */
    static final int MOST = 4_096;

    /** Of its size from the beginning: memory that is short does not fail whoever adds. */
    private final Deque<JournalLine> lines = new ArrayDeque<>(MOST);

    /** @param written in order, and on the disk */
    synchronized void add(List<JournalLine> written) {
        if (lines.size() + written.size() > MOST) {
            lines.clear();
        } else {
            lines.addAll(written);
        }
    }

    /** Takes at most so many of the lines that follow one; none when they are not here. */
    synchronized List<JournalLine> takeAfter(long sequence, long most) {
        while (!lines.isEmpty() && lines.getFirst().sequence() <= sequence) {
            lines.removeFirst();
        }
        var next = new ArrayList<JournalLine>((int) Math.min(most, lines.size()));
        if (!lines.isEmpty() && lines.getFirst().sequence() == sequence + 1) {
            while (!lines.isEmpty() && next.size() < most) {
                next.add(lines.removeFirst());
            }
        }
        return next;
    }
}
