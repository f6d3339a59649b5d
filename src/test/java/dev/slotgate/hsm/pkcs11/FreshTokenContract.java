package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Isolation;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A contract whose tests each have a token that nobody has used. */
abstract class FreshTokenContract {

    @TempDir
    Path folder;

    ContractToken token;

    abstract ContractToken freshToken(Path folder) throws Exception;

    /** Where the module's code runs. */
    Isolation isolation() {
        return Isolation.IN_PROCESS;
    }

    @BeforeEach
    void provision() throws Exception {
        token = freshToken(folder);
    }
}
