package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Isolation;

/** The contract on SoftHSM in a process of its own. */
class SoftHsmWorkerContractIntegrationTests extends SoftHsmContractIntegrationTests {

    @Override
    Isolation isolation() {
        return Isolation.PROCESS;
    }
}
