package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract keeps what the last release promised, and a change that does not is found. */
class ContractBreaksTests {

    private static final Path RELEASES = Path.of("openapi/released");

    @Test
    void nothingThatTheLastReleasePromisedIsGone() throws IOException {
        try (var files = Files.list(RELEASES)) {
            Path last = files.max(Comparator.comparing(ContractBreaksTests::version))
                    .orElseThrow();
            assertThat(ContractBreaks.between(Contract.read(last), Contract.checkedIn()))
                    .as("these break the clients of " + last)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '        destroyAt:'         | '        destroyedAt:'         | KeyResponse.destroyAt is gone
            '        unwrappingKey:'     | '        unwrapKey:'           | UnwrapKeyRequest.unwrappingKey is gone
            '        fingerprint:'       | '        print:'               | POST /slots/{slot}/keys breaks its clients
            '        compliant:\n          type: boolean' | '        compliant:\n          type: string' | KeyResponse.compliant has the type "string", and had "boolean"
            '  /slots/{slot}/hygiene:'   | '  /slots/{slot}/health:'      | GET /slots/{slot}/hygiene is gone
            '        name: prefix'       | '        name: beginning'      | GET /slots/{slot}/keys breaks its clients
            '          - key-disabled'   | ''                             | the problem code key-disabled is gone
            '        - crypto.public'    | '        - crypto.use'         | GET /slots/{slot}/jwks wants other scopes
            """)
    void aChangeThatBreaksClientsIsNamed(String text, String other, String told) {
        assertThat(breaksOf(text.replace("\\n", "\n"), other.replace("\\n", "\n")))
                .contains(told);
    }

    @Test
    void whatIsAddedBreaksNobody() {
        assertThat(breaksOf("        destroyAt:\n", "        added:\n          type: string\n        destroyAt:\n"))
                .isEmpty();
        assertThat(breaksOf("          - key-disabled\n", "          - key-disabled\n          - key-lost\n"))
                .isEmpty();
    }

    private static List<String> breaksOf(String text, String other) {
        Contract released = Contract.checkedIn();
        assertThat(released.text().contains(text)).as(text).isTrue();
        return ContractBreaks.between(released, Contract.of(released.text().replace(text, other)));
    }

    /** Of slotgate-1.2.3.yaml, in the order in which 10 follows 9. */
    private static Version version(Path file) {
        return Version.parse(file.getFileName().toString().replaceAll("slotgate-|\\.yaml", ""));
    }
}
