package dev.slotgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.Campaign;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to a journal, a look at it finds it, and names the first record that is not as it was. */
class JournalManipulationsCampaignIntegrationTests {

    private static final int MANIPULATIONS = Campaign.slack(1_000, 100);
    private static final int CALLS = 150;
    private static final int CALLS_TO_A_CHECKPOINT = 40;
    private static final long SEGMENT_BYTES = 12_000;

    @TempDir
    Path folder;

    private final Random random = new Random(20_260_131);
    private final List<PublicKey> keys = List.of(TestJournal.key().publicKey());
    private List<String> lines = List.of();
    private long signedThrough;

    @BeforeEach
    void write() {
        var journal = new TestJournal(folder, SEGMENT_BYTES);
        Checkpoints checkpoints = journal.checkpoints();
        for (int i = 1; i <= CALLS; i++) {
            journal.call("request-" + i);
            if (i % CALLS_TO_A_CHECKPOINT == 0) {
                checkpoints.look();
            }
        }
        lines = journal.lines();
        signedThrough = journal.verdict().signedThrough();
        journal.journal().close();
    }

    @Test
    void everyManipulationIsFoundAndTheFirstBadRecordNamed() throws Exception {
        var found = new TreeMap<Manipulation, Integer>();
        for (int i = 0; i < MANIPULATIONS; i++) {
            Manipulation kind = Manipulation.values()[i % Manipulation.values().length];
            Path copy = copy(i);
            var manipulated = new ArrayList<>(lines);
            int first = kind.applyTo(manipulated, random);
            write(copy, manipulated, kind.cutsTheLastLine());

            Verdict withRows = JournalVerification.online(copy, keys, Verdict.Period.ALL, rows(), Long.MAX_VALUE);
            assertThat(withRows.firstBad()).as("%s of line %d", kind, first).isEqualTo(first);
            Verdict alone = JournalVerification.offline(copy, keys);
            if (first <= signedThrough) {
                assertThat(alone.firstBad())
                        .as("%s of line %d, files alone", kind, first)
                        .isNotNull()
                        .isLessThanOrEqualTo(first);
            }
            if (first <= signedThrough && !kind.makesTheChainAnew()) {
                assertThat(alone.firstBad())
                        .as("%s of line %d, files alone", kind, first)
                        .isEqualTo(first);
            }
            found.merge(kind, 1, Integer::sum);
        }
        Campaign.report("journal-manipulations", MANIPULATIONS + " all found and named: " + found);
    }

    @Test
    void whatNobodyTouchedIsValid() throws Exception {
        Path copy = copy(0);
        write(copy, lines, false);

        Verdict verdict = JournalVerification.online(copy, keys, Verdict.Period.ALL, rows(), Long.MAX_VALUE);

        assertThat(verdict.firstBad()).isNull();
        assertThat(verdict.records()).isEqualTo(lines.size());
        assertThat(JournalVerification.offline(copy, keys).firstBad()).isNull();
    }

    /** With the copy of the last checkpoint, which those who manipulate a journal forget. */
    private Path copy(int number) throws IOException {
        Path copy = Files.createDirectory(folder.resolve("copy-" + number));
        Files.copy(CheckpointCopy.in(folder.resolve("journal")), CheckpointCopy.in(copy));
        return copy;
    }

    /** In files of some lines each, as the gateway would. */
    private static void write(Path copy, List<String> lines, boolean cut) throws IOException {
        int size = Math.max(1, lines.size() / 4);
        for (int i = 0; i < lines.size(); i += size) {
            List<String> part = lines.subList(i, Math.min(lines.size(), i + size));
            boolean isLast = i + size >= lines.size();
            String text = String.join("\n", part) + (isLast && cut ? "" : "\n");
            Files.writeString(Segments.beginningWith(copy, i + 1), text, StandardCharsets.UTF_8);
        }
    }

    private RecordedLines rows() {
        return new RecordedLines() {
            @Override
            public Map<Long, String> lines(long from, long to) {
                return LongStream.rangeClosed(from, Math.min(to, lines.size()))
                        .boxed()
                        .collect(Collectors.toMap(line -> line, line -> lines.get((int) (line - 1))));
            }

            @Override
            public long last() {
                return lines.size();
            }
        };
    }

    /** What is done to the lines; each answers the number of the first line that is not what it was. */
    private enum Manipulation {
        EDIT {
            @Override
            int applyTo(List<String> lines, Random random) {
                int line = random.nextInt(lines.size());
                lines.set(line, edited(lines.get(line), random));
                return line + 1;
            }
        },
        EDIT_AND_CHAIN_ANEW {
            @Override
            int applyTo(List<String> lines, Random random) {
                int line = random.nextInt(lines.size());
                lines.set(line, lines.get(line).replaceFirst("\"time\":\"2", "\"time\":\"3"));
                chainAnew(lines, line + 1);
                return line + 1;
            }

            @Override
            boolean makesTheChainAnew() {
                return true;
            }
        },
        DELETION {
            @Override
            int applyTo(List<String> lines, Random random) {
                int line = random.nextInt(lines.size() - 1);
                lines.remove(line);
                return line + 1;
            }
        },
        DELETION_AND_CHAIN_ANEW {
            @Override
            int applyTo(List<String> lines, Random random) {
                int line = random.nextInt(lines.size() - 1);
                lines.remove(line);
                chainAnew(lines, line);
                return line + 1;
            }

            @Override
            boolean makesTheChainAnew() {
                return true;
            }
        },
        INSERTION {
            @Override
            int applyTo(List<String> lines, Random random) {
                int line = 2 + random.nextInt(lines.size() - 2);
                lines.add(line, lines.get(random.nextInt(line - 1)));
                return line + 1;
            }
        },
        FORGED_INSERTION {
            @Override
            int applyTo(List<String> lines, Random random) {
                int line = 1 + random.nextInt(lines.size() - 1);
                lines.add(line, lines.get(line).replaceFirst("\"time\":\"2", "\"time\":\"3"));
                return line + 1;
            }
        },
        SWAP {
            @Override
            int applyTo(List<String> lines, Random random) {
                int line = random.nextInt(lines.size() - 1);
                int other = line + 1 + random.nextInt(lines.size() - line - 1);
                String before = lines.get(line);
                lines.set(line, lines.get(other));
                lines.set(other, before);
                return line + 1;
            }
        },
        TRUNCATION {
            @Override
            int applyTo(List<String> lines, Random random) {
                int line = 1 + random.nextInt(lines.size() - 1);
                lines.subList(line, lines.size()).clear();
                return line + 1;
            }
        },
        TRUNCATION_IN_A_LINE {
            @Override
            int applyTo(List<String> lines, Random random) {
                int line = random.nextInt(lines.size());
                lines.subList(line + 1, lines.size()).clear();
                String last = lines.get(line);
                lines.set(line, last.substring(0, 1 + random.nextInt(last.length() - 1)));
                return line + 1;
            }

            @Override
            boolean cutsTheLastLine() {
                return true;
            }
        },
        JOINED_LINES {
            @Override
            int applyTo(List<String> lines, Random random) {
                int line = random.nextInt(lines.size() - 1);
                lines.set(line, lines.get(line) + " " + lines.remove(line + 1));
                return line + 1;
            }
        };

        abstract int applyTo(List<String> lines, Random random);

        boolean cutsTheLastLine() {
            return false;
        }

        /** Only checkpoints and the database can tell then. */
        boolean makesTheChainAnew() {
            return false;
        }

        /** Another letter or digit in one place. */
        private static String edited(String line, Random random) {
            while (true) {
                int at = random.nextInt(line.length());
                char before = line.charAt(at);
                if (Character.isLetterOrDigit(before)) {
                    char after = before == '7' ? '8' : '7';
                    return line.substring(0, at) + after + line.substring(at + 1);
                }
            }
        }

        private static void chainAnew(List<String> lines, int from) {
            for (int i = from; i < lines.size(); i++) {
                JournalLine line = read(lines.get(i));
                String previous = i == 0
                        ? JournalLine.NOTHING_BEFORE
                        : read(lines.get(i - 1)).hash();
                lines.set(
                        i,
                        lines.get(i)
                                .replaceFirst("\"sequence\":\\d+", "\"sequence\":" + (i + 1))
                                .replace(line.previous(), previous));
            }
        }

        private static JournalLine read(String line) {
            return JournalLine.read(line.getBytes(StandardCharsets.US_ASCII)).orElseThrow();
        }
    }
}
