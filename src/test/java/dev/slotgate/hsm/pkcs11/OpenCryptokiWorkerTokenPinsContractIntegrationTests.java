package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Isolation;

/** The contract of changes of PINs on openCryptoki's software token in a worker. */
class OpenCryptokiWorkerTokenPinsContractIntegrationTests extends OpenCryptokiTokenPinsContractIntegrationTests {

    @Override
    Isolation isolation() {
        return Isolation.PROCESS;
    }
}
