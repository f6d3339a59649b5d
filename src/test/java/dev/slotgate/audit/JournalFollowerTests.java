package dev.slotgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFollowerTests {

    @TempDir
    Path folder;

    @Test
    void whatWasRecordedBeforeTheEndArrives() {
        var journal = new TestJournal(folder);
        var place = new Remembering();
        var follower = new JournalFollower(journal.home(), journal.journal(), place);
        follower.start();
        for (int i = 0; i < 2_500; i++) {
            journal.call("request-" + i);
        }

        follower.close();

        assertThat(place.last()).isEqualTo(journal.journal().tip().sequence());
        journal.journal().close();
    }

    private static final class Remembering implements JournalFollower.Place {

        private final List<Long> taken = new ArrayList<>();

        @Override
        public synchronized long last() {
            return taken.isEmpty() ? 0 : taken.getLast();
        }

        @Override
        public synchronized void take(List<JournalLine> lines) {
            lines.forEach(line -> taken.add(line.sequence()));
        }
    }
}
