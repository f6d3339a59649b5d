package dev.slotgate.hsm.pkcs11;

import java.nio.file.Path;

/** The contract of changes of PINs on SoftHSM. */
class SoftHsmTokenPinsContractIntegrationTests extends TokenPinsContract {

    @Override
    ContractToken freshToken(Path folder) throws Exception {
        return ContractToken.ofSoftHsm(folder);
    }
}
