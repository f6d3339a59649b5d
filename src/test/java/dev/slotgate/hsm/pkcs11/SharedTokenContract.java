package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Isolation;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.SlotId;
import java.nio.file.Path;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

/** A contract whose tests share a token. One that needs a mechanism that the token does not list is skipped, and says so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // Without a token no test comes to use the fields.
abstract class SharedTokenContract {

    static final SlotId SLOT = new SlotId(0);
    static final byte[] MESSAGE = {1, 2, 3};
    static final KeySpec RSA = new KeySpec.Rsa(2048);

    ContractToken token;
    Engine engine;
    Keys keys;

    private @Nullable TestAbortedException missing;
    private Set<Long> mechanisms;

    /** Makes a token of the kind. */
    abstract ContractToken freshToken(Path folder) throws Exception;

    /** Where the module's code runs. */
    Isolation isolation() {
        return Isolation.IN_PROCESS;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        try {
            token = freshToken(folder);
        } catch (TestAbortedException e) {
            missing = e;
            return;
        }
        mechanisms = AnotherProgram.mechanisms(token.library(), token.label());
        engine = Engine.in(folder)
                .isolation(isolation())
                .module("module", token.library())
                .slot(SLOT, "module", token.label(), token.userPin())
                .start();
        keys = engine.keys();
    }

    /** An abort before all of the tests would show none of them as skipped. */
    @BeforeEach
    void skipWithoutAToken() {
        if (missing != null) {
            throw missing;
        }
    }

    @AfterAll
    void stop() {
        if (engine != null) {
            engine.close();
        }
    }

    void assumeHas(long mechanism) {
        assumeTrue(
                mechanisms.contains(mechanism),
                () -> "token " + token.label() + " does not list " + PKCS11Constants.ckmCodeToName(mechanism));
    }

    void assumeGenerates(KeySpec spec) {
        assumeHas(KeyTemplates.generation(spec).getMechanismCode());
    }

    <T> T anotherProgram(AnotherProgram.Errand<T> errand) {
        return AnotherProgram.work(token.library(), token.label(), token.userPin(), errand);
    }

    static void assertFails(Set<HsmFailure> oneOf, ThrowingCallable call) {
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(oneOf).contains(e.failure()));
    }

    static void assertFails(HsmFailure failure, ThrowingCallable call) {
        assertThatExceptionOfType(HsmException.class).isThrownBy(call).returns(failure, HsmException::failure);
    }
}
