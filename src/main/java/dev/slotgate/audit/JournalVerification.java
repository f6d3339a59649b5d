package dev.slotgate.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Looks a journal through from its beginning. The chain shows what was edited, taken out, put in or moved; checkpoints show a
 * chain that was made anew and an end that was cut off; what follows the last checkpoint is compared with what the database has.
 */
final class JournalVerification {

    private final Path folder;
    private final List<PublicKey> keys;
    private final Verdict.Period period;
    private final LineComparison rows;
    private final long end;
    private final Chain chain = new Chain();
    private long records;
    private long signedThrough;

    private JournalVerification(
            Path folder, List<PublicKey> keys, Verdict.Period period, RecordedLines known, long end) {
        this.folder = folder;
        this.keys = keys;
        this.period = period;
        this.rows = new LineComparison(known);
        this.end = end;
    }

    /** Looks at the files alone, all of them. @throws IOException when they cannot be read */
    static Verdict offline(Path folder, List<PublicKey> keys) throws IOException {
        return new JournalVerification(folder, keys, Verdict.Period.ALL, RecordedLines.NONE, Long.MAX_VALUE).verdict();
    }

    /**
     * Looks at a journal that is being written.
     *
     * @param period what to look at
     * @param end the sequence of the last line that is on the disk
     */
    static Verdict online(Path folder, List<PublicKey> keys, Verdict.Period period, RecordedLines known, long end)
            throws IOException {
        return new JournalVerification(folder, keys, period, known, end).verdict();
    }

    private Verdict verdict() throws IOException {
        // Before the files, which grow meanwhile.
        long atLeast = CheckpointCopy.through(folder);
        Optional<Chain.Break> found = firstBreak();
        Optional<Chain.Break> differing = rows.firstDifference();
        if (found.isEmpty()) {
            found = cutOff(atLeast);
        }
        Chain.Break first = first(found, differing);
        return new Verdict(
                Objects.requireNonNullElse(chain.instance(), ""),
                records,
                signedThrough,
                first == null ? null : first.sequence(),
                first == null ? null : first.reason());
    }

    /** The database tells the very line, where it has it. */
    private static Chain.@Nullable Break first(Optional<Chain.Break> found, Optional<Chain.Break> differing) {
        boolean isEarlier = differing
                .filter(row -> found.isEmpty()
                        || !found.get().exact()
                        || row.sequence() <= found.get().sequence())
                .isPresent();
        return isEarlier ? differing.orElseThrow() : found.orElse(null);
    }

    private Optional<Chain.Break> firstBreak() throws IOException {
        try (var reader = new JournalReader(folder, 1)) {
            byte[] line = reader.next();
            boolean torn = reader.wasTorn();
            while (line != null) {
                byte[] following = reader.next();
                Optional<Chain.Break> found = torn ? cut() : add(line, following);
                if (found.isPresent() || isAtEnd()) {
                    return found;
                }
                line = following;
                torn = reader.wasTorn();
            }
            return Optional.empty();
        }
    }

    private boolean isAtEnd() {
        return chain.tip().sequence() >= end;
    }

    private Optional<Chain.Break> cut() {
        return Chain.Break.at(chain.tip().sequence() + 1, "it has no end, as after a crash");
    }

    private Optional<Chain.Break> add(byte[] bytes, byte @Nullable [] following) {
        Optional<Chain.Break> found = chain.add(bytes, following);
        if (found.isPresent()) {
            return found;
        }
        long sequence = chain.tip().sequence();
        JsonNode content = content(bytes);
        if (content == null) {
            return Chain.Break.at(sequence, "it is no JSON");
        }
        records += isInPeriod(content) ? 1 : 0;
        rows.add(sequence, bytes);
        return content.path("kind").asString("").equals(AuditRecord.Kind.CHECKPOINT.word())
                ? checkpoint(content, following)
                : Optional.empty();
    }

    private boolean isInPeriod(JsonNode content) {
        try {
            return period.holds(Instant.parse(content.path("time").asString("")));
        } catch (DateTimeParseException e) {
            return true;
        }
    }

    private static @Nullable JsonNode content(byte[] bytes) {
        try {
            return JournalJson.read(bytes);
        } catch (JacksonException e) {
            return null;
        }
    }

    private Optional<Chain.Break> checkpoint(JsonNode content, byte @Nullable [] following) {
        var claimed =
                new Tip(content.path("through").asLong(-1), content.path("hash").asString(""));
        if (!Checkpoint.isSigned(content, Objects.requireNonNull(chain.instance()), keys)) {
            // Chained to what follows it is not all that was changed.
            return chain.continuesWith(following)
                    ? Chain.Break.from(
                            signedThrough + 1, "the chain was made anew up to a checkpoint that nobody signed")
                    : Chain.Break.at(chain.tip().sequence(), "its signature is not one of the keys'");
        }
        if (!chain.agrees(claimed)) {
            return Chain.Break.from(
                    signedThrough + 1, "a checkpoint says that a line up to " + claimed.sequence() + " was another");
        }
        signedThrough = claimed.sequence();
        chain.forgetUpTo(signedThrough - 1);
        return Optional.empty();
    }

    /** The copy of the last checkpoint tells how long the journal is at least, and so do the rows of the database. */
    private Optional<Chain.Break> cutOff(long atLeast) {
        long last = chain.tip().sequence();
        if (last >= end) {
            return Optional.empty();
        }
        if (end != Long.MAX_VALUE) {
            return Chain.Break.at(last + 1, "the gateway has written it, and it is not there any more");
        }
        if (atLeast > last) {
            return Chain.Break.at(last + 1, "it was there at a checkpoint, and is not any more");
        }
        return rows.last() > last
                ? Chain.Break.at(last + 1, "the database has it, and the journal has not")
                : Optional.empty();
    }
}
