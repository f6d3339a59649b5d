package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Isolation;

/** The contract on openCryptoki in a process of its own. */
class OpenCryptokiWorkerContractIntegrationTests extends OpenCryptokiContractIntegrationTests {

    @Override
    Isolation isolation() {
        return Isolation.PROCESS;
    }
}
