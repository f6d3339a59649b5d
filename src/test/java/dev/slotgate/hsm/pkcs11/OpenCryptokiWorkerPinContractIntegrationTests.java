package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Isolation;

/** The contract of PINs on openCryptoki in a process of its own. */
class OpenCryptokiWorkerPinContractIntegrationTests extends OpenCryptokiPinContractIntegrationTests {

    @Override
    Isolation isolation() {
        return Isolation.PROCESS;
    }
}
