package dev.slotgate.hsm.pkcs11;

import java.nio.file.Path;

/** The contract of PINs on openCryptoki's software token, which locks for real. */
class OpenCryptokiPinContractIntegrationTests extends PinContract {

    @Override
    ContractToken freshToken(Path folder) throws Exception {
        return ContractToken.ofOpenCryptoki();
    }
}
