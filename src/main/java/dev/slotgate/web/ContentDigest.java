package dev.slotgate.web;

import dev.slotgate.hsm.Hash;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The header fields Content-Digest and Want-Content-Digest (RFC 9530 sections 2 and 4): dictionaries of hashes. */
final class ContentDigest {

    static final String HEADER = "Content-Digest";
    static final String WANTED = "Want-Content-Digest";

    private static final List<Hash> HASHES = List.of(Hash.SHA_256, Hash.SHA_512);
    private static final Pattern MEMBER = Pattern.compile("\\s*([a-z*][a-z0-9_.*-]*)=:([A-Za-z0-9+/=]*):\\s*");
    private static final Pattern PREFERENCE = Pattern.compile("\\s*([a-z*][a-z0-9_.*-]*)=(\\d{1,2})\\s*");

    private ContentDigest() {}

    /** @throws ContentDigestMismatch when the field is malformed, or has no hash that is known here */
    static List<Expected> expected(String field) throws ContentDigestMismatch {
        var expected = new ArrayList<Expected>();
        for (String member : field.split(",", -1)) {
            Matcher parts = MEMBER.matcher(member);
            if (!parts.matches()) {
                throw wrong("a dictionary like sha-256=:<base64>:", "another value");
            }
            Optional<Hash> hash = named(parts.group(1));
            if (hash.isPresent()) {
                expected.add(new Expected(hash.get().begin(), decoded(parts.group(2))));
            }
        }
        if (expected.isEmpty()) {
            throw wrong("sha-256 or sha-512", "other hashes only");
        }
        return expected;
    }

    /** The hash that the caller likes best, of those that are known here. */
    static Optional<Hash> wanted(@Nullable String field) {
        if (field == null) {
            return Optional.empty();
        }
        return Stream.of(field.split(",", -1))
                .map(PREFERENCE::matcher)
                .filter(Matcher::matches)
                .filter(parts -> Integer.parseInt(parts.group(2)) > 0)
                .filter(parts -> named(parts.group(1)).isPresent())
                .max(Comparator.comparingInt(parts -> Integer.parseInt(parts.group(2))))
                .flatMap(parts -> named(parts.group(1)));
    }

    static String field(Hash hash, byte[] body) {
        return name(hash) + "=:" + Base64.getEncoder().encodeToString(hash.digest(body)) + ":";
    }

    private static Optional<Hash> named(String name) {
        return HASHES.stream().filter(hash -> name(hash).equals(name)).findFirst();
    }

    private static String name(Hash hash) {
        return hash.jcaName().toLowerCase(Locale.ROOT);
    }

    private static byte[] decoded(String base64) throws ContentDigestMismatch {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw wrong("a dictionary like sha-256=:<base64>:", "what is no base64");
        }
    }

    private static ContentDigestMismatch wrong(String expected, String came) {
        return new ContentDigestMismatch(HEADER + ": expected " + expected + ", got " + came);
    }

    /** A digest that a body is to have. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared with another.
    record Expected(MessageDigest made, byte[] digest) {

        /** @throws ContentDigestMismatch when the bytes that were made a digest of have another */
        void check() throws ContentDigestMismatch {
            if (!MessageDigest.isEqual(made.digest(), digest)) {
                throw wrong("the digest of the body", "another: the body was changed on its way");
            }
        }
    }
}
