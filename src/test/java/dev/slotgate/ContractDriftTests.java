package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the comparison of contracts finds, on changes to the one that is checked in. */
class ContractDriftTests {

    private final Contract checkedIn = Contract.checkedIn();

    @Test
    void theSameContractHasNotDrifted() {
        assertThat(ContractDrift.between(checkedIn, checkedIn)).isEmpty();
    }

    @Test
    void aRenamedFieldIsFound() {
        assertThat(ContractDrift.between(checkedIn, changed("        signature:\n", "        signed:\n")))
                .contains(
                        "/components/schemas/SignResponse/properties/signature: the gateway does not have it",
                        "/components/schemas/SignResponse/properties/signed: only the gateway has it");
    }

    @Test
    void aMissingProblemCodeIsFound() {
        assertThat(ContractDrift.between(checkedIn, changed("`key-disabled`,", "")))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("/paths/~slots~{slot}~sign/post/responses/409/description".replace('~', '/'))
                        .contains("`key-disabled`"));
        assertThat(ContractDrift.between(checkedIn, changed("          - key-disabled\n", "")))
                .singleElement()
                .asString()
                .startsWith("/components/schemas/Problem/properties/code/x-extensible-enum");
    }

    @Test
    void aLostCallIsFound() {
        assertThat(ContractDrift.between(checkedIn, changed("  /slots/{slot}/hygiene:\n", "  /slots/{slot}/health:\n")))
                .contains("/paths//slots/{slot}/hygiene: the gateway does not have it");
    }

    private Contract changed(String text, String other) {
        assertThat(checkedIn.text().contains(text)).as(text).isTrue();
        return Contract.of(checkedIn.text().replace(text, other));
    }
}
