package dev.slotgate.hsm.pkcs11;

import java.nio.file.Path;

/** The contract of changes of PINs on openCryptoki's software token. */
class OpenCryptokiTokenPinsContractIntegrationTests extends TokenPinsContract {

    @Override
    ContractToken freshToken(Path folder) throws Exception {
        return ContractToken.ofOpenCryptoki();
    }
}
