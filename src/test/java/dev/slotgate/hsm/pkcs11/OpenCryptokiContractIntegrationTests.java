package dev.slotgate.hsm.pkcs11;

import java.nio.file.Path;

/** The contract on openCryptoki's software token, which has other habits than SoftHSM. */
class OpenCryptokiContractIntegrationTests extends TokenContract {

    @Override
    ContractToken freshToken(Path folder) throws Exception {
        return ContractToken.ofOpenCryptoki();
    }
}
