package dev.slotgate.hsm.pkcs11;

import java.nio.file.Path;

/** The contract on SoftHSM. */
class SoftHsmContractIntegrationTests extends TokenContract {

    @Override
    ContractToken freshToken(Path folder) throws Exception {
        return ContractToken.ofSoftHsm(folder);
    }
}
