package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the gateway tells Prometheus, in its text format. */
final class Scrape {

    private static final Pattern HELP = Pattern.compile("# HELP (\\S+) ?(.*)");
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_0-9]+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");
    private static final Pattern OURS = Pattern.compile("slotgate_.*");

    private final Map<String, String> types = new TreeMap<>();
    private final Map<String, String> help = new TreeMap<>();
    private final List<Sample> samples = new ArrayList<>();

    static Scrape of(Gateway gateway) throws Exception {
        Gateway.Answer answer = gateway.get("/actuator/prometheus");
        assertThat(answer.status()).isEqualTo(200);
        var scrape = new Scrape();
        answer.text().lines().forEach(scrape::take);
        return scrape;
    }

    private void take(String line) {
        Matcher described = HELP.matcher(line);
        Matcher typed = TYPE.matcher(line);
        Matcher sample = SAMPLE.matcher(line);
        if (described.matches()) {
            help.put(described.group(1), described.group(2));
        } else if (typed.matches()) {
            types.put(typed.group(1), typed.group(2));
        } else if (sample.matches()) {
            samples.add(new Sample(sample.group(1), read(sample.group(2)), Double.parseDouble(sample.group(3))));
        }
    }

    private static Map<String, String> read(String text) {
        return LABEL.matcher(text == null ? "" : text)
                .results()
                .collect(Collectors.toMap(label -> label.group(1), label -> label.group(2)));
    }

    /** Our metrics with their help; the longest time that a timer saw lately is a part of the timer. */
    Map<String, String> ours() {
        var ours = new TreeMap<>(help);
        ours.keySet()
                .removeIf(name -> !OURS.matcher(name).matches()
                        || (name.endsWith("_max")
                                && help.containsKey(name.substring(0, name.length() - "_max".length()))));
        return ours;
    }

    /** Our metrics of these types. */
    List<String> namesOfOurs(String... ofTypes) {
        return ours().keySet().stream()
                .filter(name -> List.of(ofTypes).contains(types.get(name)))
                .toList();
    }

    List<Sample> samplesOfOurs() {
        return samples.stream().filter(s -> OURS.matcher(s.name).matches()).toList();
    }

    /** Every name that a query can ask for. */
    Set<String> names() {
        return samples.stream().map(Sample::name).collect(Collectors.toSet());
    }

    /** The labels of a metric, but for those of a histogram's buckets. */
    Set<String> labels(String metric) {
        var names = samples.stream()
                .filter(s -> s.name.equals(metric) || s.name.matches(metric + "_(sum|count|bucket|max)"))
                .flatMap(s -> s.labels.keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        names.remove("le");
        return names;
    }

    /** @param labels names and values, all that tell it apart. @return 0 when there is none */
    double value(String name, String... labels) {
        Stream<Sample> found = samples.stream().filter(s -> s.name.equals(name));
        for (int i = 0; i < labels.length; i += 2) {
            int at = i;
            found = found.filter(s -> labels[at + 1].equals(s.labels.get(labels[at])));
        }
        return found.mapToDouble(Sample::value).sum();
    }

    record Sample(String name, Map<String, String> labels, double value) {}
}
