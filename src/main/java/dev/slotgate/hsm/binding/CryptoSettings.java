package dev.slotgate.hsm.binding;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How keys are used.
 *
 * @param verifySignatures which signatures are verified before they leave, all of them; of the others one in a hundred is, with
 *     {@code off} none
 */
@ConfigurationProperties("slotgate.crypto")
record CryptoSettings(@DefaultValue("rsa") SignatureChecks verifySignatures) {}
