package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Isolation;

/** The contract of PINs on SoftHSM in a process of its own. */
class SoftHsmWorkerPinContractIntegrationTests extends SoftHsmPinContractIntegrationTests {

    @Override
    Isolation isolation() {
        return Isolation.PROCESS;
    }
}
