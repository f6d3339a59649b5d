package dev.slotgate.hsm.pkcs11;

import java.nio.file.Path;

/** The contract of PINs on SoftHSM. */
class SoftHsmPinContractIntegrationTests extends PinContract {

    @Override
    ContractToken freshToken(Path folder) throws Exception {
        return ContractToken.ofSoftHsm(folder);
    }
}
