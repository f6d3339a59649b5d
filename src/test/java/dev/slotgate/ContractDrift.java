package dev.slotgate;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Where two contracts differ, each place by its path. */
final class ContractDrift {

    private final List<String> found = new ArrayList<>();

    private ContractDrift() {}

    /** One line for each difference; none when they say the same. */
    static List<String> between(Contract checkedIn, Contract served) {
        var drift = new ContractDrift();
        drift.compare("", checkedIn.tree(), served.tree());
        return drift.found;
    }

    private void compare(String path, JsonNode checkedIn, JsonNode served) {
        if (checkedIn.isObject() && served.isObject()) {
            var names = new TreeSet<>(checkedIn.propertyNames());
            names.addAll(served.propertyNames());
            names.forEach(name -> compare(path + "/" + name, checkedIn.path(name), served.path(name)));
        } else if (checkedIn.isMissingNode()) {
            found.add(path + ": only the gateway has it");
        } else if (served.isMissingNode()) {
            found.add(path + ": the gateway does not have it");
        } else if (!checkedIn.equals(served)) {
            found.add(path + ": the gateway has " + served + ", the file " + checkedIn);
        }
    }
}
