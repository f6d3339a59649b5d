package dev.slotgate.hsm.pkcs11;

import java.nio.file.Path;

class SoftHsmKeyCryptoContractIntegrationTests extends KeyCryptoContract {

    @Override
    ContractToken freshToken(Path folder) throws Exception {
        return ContractToken.ofSoftHsm(folder);
    }
}
