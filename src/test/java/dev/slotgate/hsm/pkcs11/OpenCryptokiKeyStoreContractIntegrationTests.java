package dev.slotgate.hsm.pkcs11;

import java.nio.file.Path;

class OpenCryptokiKeyStoreContractIntegrationTests extends KeyStoreContract {

    @Override
    ContractToken freshToken(Path folder) throws Exception {
        return ContractToken.ofOpenCryptoki();
    }
}
