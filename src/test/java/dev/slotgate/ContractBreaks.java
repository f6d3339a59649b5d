package dev.slotgate;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import tools.jackson.databind.JsonNode;

/**
 * What a client of one contract would miss in another one. The library judges whole calls; it does not see that a field
 * which may be left out has another name, nor other types of OpenAPI 3.1, so fields are looked at one by one.
 */
final class ContractBreaks {

    private final List<String> found = new ArrayList<>();

    private ContractBreaks() {}

    /** One line for each; none when every client goes on as before. */
    static List<String> between(Contract released, Contract current) {
        var breaks = new ContractBreaks();
        breaks.compareCalls(released, current);
        breaks.compareFields(
                "",
                released.tree().path("components").path("schemas"),
                current.tree().path("components").path("schemas"));
        breaks.compareScopes(released, current);
        var codes = new TreeSet<>(released.listedCodes());
        codes.removeAll(current.listedCodes());
        codes.forEach(code -> breaks.found.add("the problem code " + code + " is gone"));
        return breaks.found;
    }

    private void compareCalls(Contract released, Contract current) {
        ChangedOpenApi change = OpenApiCompare.fromContents(released.text(), current.text());
        change.getMissingEndpoints()
                .forEach(call -> found.add(call.getMethod() + " " + call.getPathUrl() + " is gone"));
        change.getChangedOperations().stream()
                .filter(call -> !call.isCompatible())
                .map(call -> call.getHttpMethod() + " " + call.getPathUrl() + " breaks its clients")
                .forEach(found::add);
    }

    /** Every field that there was is there, and has the type it had. */
    private void compareFields(String path, JsonNode released, JsonNode current) {
        released.properties().forEach(member -> {
            JsonNode now = current.path(member.getKey());
            String place = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
            if (now.isMissingNode()) {
                found.add(place + " is gone");
                return;
            }
            for (String property : new String[] {"type", "format", "$ref"}) {
                if (!member.getValue().path(property).equals(now.path(property))) {
                    found.add("%s has the %s %s, and had %s"
                            .formatted(
                                    place,
                                    property,
                                    now.path(property),
                                    member.getValue().path(property)));
                }
            }
            compareFields(place, member.getValue().path("properties"), now.path("properties"));
        });
    }

    /** Whoever was allowed a call still is. */
    private void compareScopes(Contract released, Contract current) {
        for (Contract.Call before : released.calls()) {
            current.calls().stream()
                    .filter(call -> call.name().equals(before.name()))
                    .filter(call -> !call.operation()
                            .path("security")
                            .equals(before.operation().path("security")))
                    .forEach(call -> found.add(call.name() + " wants other scopes"));
        }
    }
}
