package dev.slotgate.hsm.pkcs11;

import java.nio.file.Path;

class OpenCryptokiKeyCryptoContractIntegrationTests extends KeyCryptoContract {

    @Override
    ContractToken freshToken(Path folder) throws Exception {
        return ContractToken.ofOpenCryptoki();
    }
}
