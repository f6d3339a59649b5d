package dev.slotgate.hsm;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list that is ordered by id.
 *
 * @param next the cursor of the part that follows, null at the end
 */
public record Page<T>(List<T> items, @Nullable String next) {

    public static final int DEFAULT_LIMIT = 100;
    public static final int MAX_LIMIT = 1000;

    /**
     * Cuts a page out of a whole list.
     *
     * @param all in ascending order of the id
     * @param filter what the list was filtered by, in one text; a cursor of another filter is refused
     * @throws HsmException INVALID_FIELD for a limit out of range or a cursor that is not of this list
     */
    public static <T, I extends Comparable<I>> Page<T> of(
            List<T> all,
            Function<T, I> id,
            Function<String, I> parseId,
            String filter,
            @Nullable Integer limit,
            @Nullable String after) {
        int size = checkedLimit(limit);
        List<T> rest = all;
        if (after != null) {
            I last = parseCursor(after, filter, parseId);
            rest = all.stream().filter(t -> id.apply(t).compareTo(last) > 0).toList();
        }
        int end = Math.min(size, rest.size());
        // Things that share an id stay together: a cursor could not tell them apart.
        while (end < rest.size() && id.apply(rest.get(end)).equals(id.apply(rest.get(end - 1)))) {
            end++;
        }
        List<T> items = List.copyOf(rest.subList(0, end));
        return new Page<>(
                items,
                end == rest.size() ? null : cursor(id.apply(items.getLast()).toString(), filter));
    }

    /**
     * Fetches a page from where the list is.
     *
     * @param fetch the things that follow an id, or the first ones, up to a number
     * @param filter as for {@link #of(List, Function, Function, String, Integer, String)}
     * @throws HsmException INVALID_FIELD for a limit out of range or a cursor that is not of this list
     */
    public static <T, I> Page<T> of(
            BiFunction<@Nullable I, Integer, List<T>> fetch,
            Function<T, I> id,
            Function<String, I> parseId,
            String filter,
            @Nullable Integer limit,
            @Nullable String after) {
        int size = checkedLimit(limit);
        List<T> found = fetch.apply(after == null ? null : parseCursor(after, filter, parseId), size + 1);
        if (found.size() <= size) {
            return new Page<>(found, null);
        }
        List<T> items = List.copyOf(found.subList(0, size));
        return new Page<>(items, cursor(id.apply(items.getLast()).toString(), filter));
    }

    /** The same part of the list of what is made of each. */
    public <R> Page<R> map(Function<T, R> of) {
        return new Page<>(items.stream().map(of).toList(), next);
    }

    private static int checkedLimit(@Nullable Integer limit) {
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw HsmException.invalidField("limit", "a number from 1 to " + MAX_LIMIT, limit.toString());
        }
        return limit;
    }

    private static String cursor(String id, String filter) {
        String text = Integer.toHexString(filter.hashCode()) + "." + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static <I> I parseCursor(String after, String filter, Function<String, I> parseId) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(after), StandardCharsets.UTF_8);
            String prefix = Integer.toHexString(filter.hashCode()) + ".";
            if (text.startsWith(prefix)) {
                return parseId.apply(text.substring(prefix.length()));
            }
        } catch (IllegalArgumentException | HsmException e) {
            // Neither base64url nor an id: the same answer as for the cursor of another list.
        }
        throw HsmException.invalidField(
                "after", "the cursor 'next' of an answer to the same filter", Quoted.text(after));
    }
}
