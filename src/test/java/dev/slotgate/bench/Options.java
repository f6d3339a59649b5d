package dev.slotgate.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What {@code ./slotgate bench} was told. */
record Options(Pace pace, Set<Part> parts, Path json) {

    /** @throws IllegalArgumentException in a sentence, when it knows something not */
    static Options of(String... arguments) {
        Pace pace = Pace.FULL;
        Set<Part> parts = Part.ABOUT_THE_GATEWAY;
        Path json = Path.of("target", "bench.json");
        for (Iterator<String> rest = List.of(arguments).iterator(); rest.hasNext(); ) {
            String option = rest.next();
            switch (option) {
                case "--quick" -> pace = Pace.QUICK;
                case "--only" -> parts = parts(value(option, rest));
                case "--json" -> json = Path.of(value(option, rest));
                default -> throw wrong("bench knows no '" + option + "'");
            }
        }
        return new Options(pace, parts, json);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw wrong(option + " wants a value");
        }
        return rest.next();
    }

    private static Set<Part> parts(String names) {
        return Arrays.stream(names.split(","))
                .map(Options::part)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
    }

    private static Part part(String name) {
        return Arrays.stream(Part.values())
                .filter(part -> part.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> wrong("there is no part '" + name + "'"));
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(what + "; see ./slotgate bench --help.");
    }
}
