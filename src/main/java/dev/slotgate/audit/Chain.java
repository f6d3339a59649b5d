package dev.slotgate.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows the hashes of a journal from line to line, and tells which line is the first that breaks the chain. */
final class Chain {

    /** How far back a checkpoint may point; the token was away for long then. */
    private static final int REMEMBERED = 1_000_000;

    private final Map<Long, String> hashes = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
            return size() > REMEMBERED;
        }
    };
    private @Nullable String instance;
    private Tip tip = Tip.NONE;

    Tip tip() {
        return tip;
    }

    @Nullable
    String instance() {
        return instance;
    }

    /** Whether the line of the sequence has the hash, as far as that is remembered. */
    boolean agrees(Tip claimed) {
        String hash = hashes.get(claimed.sequence());
        return hash == null ? hashes.size() >= REMEMBERED && claimed.sequence() > 0 : hash.equals(claimed.hash());
    }

    /**
     * Adds the next line, unless it breaks the chain.
     *
     * @param following the line after it, which tells whether this one or the one before is not as it was
     */
    Optional<Break> add(byte[] bytes, byte @Nullable [] following) {
        long expected = tip.sequence() + 1;
        Optional<JournalLine> read = JournalLine.read(bytes);
        if (read.isEmpty()) {
            return Break.at(expected, "it is no line of a journal");
        }
        JournalLine line = read.get();
        if (line.sequence() != expected) {
            return line.sequence() == tip.sequence() && isVouchedFor(line.hash(), following)
                    ? Break.at(tip.sequence(), "two lines claim to be it")
                    : Break.at(expected, "line " + line.sequence() + " is in its place");
        }
        if (instance != null && !instance.equals(line.instance())) {
            return Break.at(expected, "it is of another instance");
        }
        String hash = line.hash();
        if (!line.previous().equals(tip.hash())) {
            return broken(expected, hash, following);
        }
        instance = line.instance();
        tip = new Tip(expected, hash);
        hashes.put(expected, hash);
        return Optional.empty();
    }

    private static Optional<Break> broken(long sequence, String hash, byte @Nullable [] following) {
        return isVouchedFor(hash, following) && sequence > 1
                ? Break.at(sequence - 1, "it is not what the line after it was chained to")
                : Break.at(sequence, "it is not chained to the line before it");
    }

    /** Nothing up to this line is asked for any more. */
    void forgetUpTo(long sequence) {
        hashes.keySet().removeIf(known -> known <= sequence);
    }

    /** Whether the line is chained to the last one. */
    boolean continuesWith(byte @Nullable [] following) {
        return isVouchedFor(tip.hash(), following);
    }

    private static boolean isVouchedFor(String hash, byte @Nullable [] following) {
        return following != null
                && JournalLine.read(following)
                        .filter(next -> next.previous().equals(hash))
                        .isPresent();
    }

    /**
     * Where a journal is not as it was written.
     *
     * @param exact whether it is this line for sure, and not one of those behind it
     */
    record Break(long sequence, boolean exact, String reason) {

        static Optional<Break> at(long sequence, String reason) {
            return Optional.of(new Break(sequence, true, reason));
        }

        static Optional<Break> from(long sequence, String reason) {
            return Optional.of(new Break(sequence, false, reason));
        }
    }
}
