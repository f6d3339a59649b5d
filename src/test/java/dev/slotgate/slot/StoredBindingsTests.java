package dev.slotgate.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.transaction.support.TransactionOperations.withoutTransaction;

import dev.slotgate.TestDatabase;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.TokenIdentity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class StoredBindingsTests {

    private static final TokenIdentity A = new TokenIdentity("soft", "s-a", "a");
    private static final TokenIdentity B = new TokenIdentity("soft", "s-b", "b");
    private static final TokenIdentity C = new TokenIdentity("soft", "s-c", "c");

    @ParameterizedTest
    @EnumSource
    void newTokensGetTheNextIdsInTheirOrder(TestDatabase database) {
        var bindings = new StoredBindings(database.open(), withoutTransaction());
        assertThat(bindings.bind(List.of(B, A))).isEqualTo(Map.of(B, new SlotId(0), A, new SlotId(1)));
    }

    @ParameterizedTest
    @EnumSource
    void aTokenKeepsItsIdWhateverComesAndGoes(TestDatabase database) {
        var bindings = new StoredBindings(database.open(), withoutTransaction());
        bindings.bind(List.of(A, B));

        assertThat(bindings.bind(List.of(C, B))).isEqualTo(Map.of(C, new SlotId(2), B, new SlotId(1)));
        assertThat(bindings.bind(List.of(A, B, C))).containsEntry(A, new SlotId(0));
    }

    @ParameterizedTest
    @EnumSource
    void aTokenKeepsItsIdWhenItIsRelabelled(TestDatabase database) {
        var bindings = new StoredBindings(database.open(), withoutTransaction());
        bindings.bind(List.of(A));

        var relabelled = new TokenIdentity(A.module(), A.serial(), "z");
        assertThat(bindings.bind(List.of(relabelled))).containsEntry(relabelled, new SlotId(0));
    }

    @ParameterizedTest
    @EnumSource
    void oneSerialNumberInTwoModulesIsTwoTokens(TestDatabase database) {
        var bindings = new StoredBindings(database.open(), withoutTransaction());
        var other = new TokenIdentity("other", A.serial(), A.label());

        assertThat(bindings.bind(List.of(A, other))).isEqualTo(Map.of(A, new SlotId(0), other, new SlotId(1)));
    }

    @ParameterizedTest
    @EnumSource
    void everyTokenThatWasSeenIsRememberedWithTheLabelItLastHad(TestDatabase database) {
        var bindings = new StoredBindings(database.open(), withoutTransaction());
        bindings.bind(List.of(B, A));
        var relabelled = new TokenIdentity(A.module(), A.serial(), "z");
        bindings.bind(List.of(relabelled));

        assertThat(bindings.all()).containsExactly(Map.entry(B, new SlotId(0)), Map.entry(relabelled, new SlotId(1)));
    }

    @ParameterizedTest
    @EnumSource
    void aTokenOfBeforeLabelsWereKeptHasNone(TestDatabase database) {
        JdbcClient client = database.open();
        client.sql("insert into slot_binding (slot_id, module, serial) values (7, 'soft', 's-a')")
                .update();
        var bindings = new StoredBindings(client, withoutTransaction());

        assertThat(bindings.all()).containsExactly(Map.entry(new TokenIdentity("soft", "s-a", ""), new SlotId(7)));
        bindings.bind(List.of(A));
        assertThat(bindings.all()).containsExactly(Map.entry(A, new SlotId(7)));
    }

    @ParameterizedTest
    @EnumSource
    void aLabelThatIsPaddedWithZeroBytesIsKeptWithoutThem(TestDatabase database) {
        var bindings = new StoredBindings(database.open(), withoutTransaction());
        bindings.bind(List.of(new TokenIdentity("soft", "s-a", "a\0\0")));

        assertThat(bindings.all()).containsOnlyKeys(A);
    }
}
