package dev.slotgate.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.Contract;
import dev.slotgate.hsm.HsmFailure;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every problem that the code knows is in the contract and in the documentation, and no other. */
class ProblemCodesTests {

    private static final Set<String> KNOWN =
            ProblemCodes.all().map(ProblemCode::code).collect(Collectors.toCollection(TreeSet::new));

    @Test
    void everyProblemOfTheCodeIsListed() {
        List<ProblemCode> constants = Stream.of(ProblemCode.class.getDeclaredFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == ProblemCode.class)
                .map(field -> {
                    try {
                        return (ProblemCode) field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();

        assertThat(ProblemCodes.all()).containsAll(constants).hasSize(constants.size() + HsmFailure.values().length);
    }

    @Test
    void theContractStatesEveryCodeAndNoOther() {
        Contract contract = Contract.checkedIn();
        assertThat(contract.listedCodes()).containsExactlyElementsOf(KNOWN);
        assertThat(contract.codes()).containsExactlyElementsOf(KNOWN);
    }

    @Test
    void aCodeThatTheContractLacksIsFound() {
        Contract lacking = Contract.of(Contract.checkedIn().text().replace("self-grant", "self-service"));

        assertThat(lacking.codes()).isNotEqualTo(KNOWN).doesNotContain("self-grant");
        assertThat(lacking.listedCodes()).isNotEqualTo(KNOWN).doesNotContain("self-grant");
    }

    @Test
    void theDocumentationHasARowForEveryCode() throws Exception {
        List<String> rows = Files.readAllLines(Path.of("docs/problems.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(rows).extracting(row -> row.split("`", -1)[1]).containsExactlyElementsOf(KNOWN);
        var wrong = new ArrayList<String>();
        ProblemCodes.all()
                .forEach(problem -> rows.stream()
                        .filter(row -> row.startsWith("| `" + problem.code() + "` |"))
                        .filter(row -> !isAbout(row.split(" \\| ", -1), problem))
                        .forEach(row -> wrong.add(row + " must say " + problem)));
        assertThat(wrong).isEmpty();
    }

    /** Code, status, whether it may be sent again, meaning, remedy; a code with two remedies has both. */
    private static boolean isAbout(String[] cells, ProblemCode problem) {
        return cells.length == 5
                && cells[1].equals(String.valueOf(problem.status().value()))
                && cells[2].contains(problem.retryable() ? "yes" : "no")
                && !cells[3].isBlank()
                && cells[4].contains(problem.remedy());
    }
}
