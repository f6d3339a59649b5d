package dev.slotgate.audit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which record: {@code <instance>-<sequence>}.
 *
 * @param sequence the number of its line in the instance's journal, from 1
 */
public record RecordId(String instance, long sequence) {

    private static final Pattern FORM = Pattern.compile("([0-9a-f]{1,32})-(0|[1-9][0-9]{0,17})");

    public static Optional<RecordId> parse(String text) {
        Matcher id = FORM.matcher(text);
        return id.matches() ? Optional.of(new RecordId(id.group(1), Long.parseLong(id.group(2)))) : Optional.empty();
    }

    @Override
    public String toString() {
        return instance + "-" + sequence;
    }
}
