package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Isolation;

/** The contract of changes of PINs on SoftHSM in a worker. */
class SoftHsmWorkerTokenPinsContractIntegrationTests extends SoftHsmTokenPinsContractIntegrationTests {

    @Override
    Isolation isolation() {
        return Isolation.PROCESS;
    }
}
