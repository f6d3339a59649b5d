package dev.slotgate.security;

import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells who calls by the access token: one that was verified before is taken at its word until it ends. */
final class AccessTokens implements KnownTokens {

    private static final Logger LOG = LoggerFactory.getLogger(AccessTokens.class);

    private final SecuritySettings settings;
    private final IssuerKeys keys;
    private final AccessTokenRules rules;
    private final InstantSource clock;
    private final KeyProofs proofs;
    private final VerifiedTokens verified = new VerifiedTokens();

    AccessTokens(SecuritySettings settings, IssuerKeys keys, AccessTokenRules rules, InstantSource clock) {
        this.settings = settings;
        this.keys = keys;
        this.rules = rules;
        this.clock = clock;
        this.proofs = new KeyProofs(settings, clock);
    }

    /** @throws TokenRefused when the token is no good. @throws IssuerUnavailable when that cannot be told */
    CallerToken caller(SentToken sent) {
        try {
            keys.freshen();
            AccessToken accepted = verified.get(sent.hash(), () -> verify(sent.getCredentials()));
            accepted.requireTimely(clock.instant().getEpochSecond());
            proofs.require(accepted.binding(), sent);
            return accepted.caller();
        } catch (TokenRefused refused) {
            LOG.debug("An access token was refused ({}): {}", refused.error(), refused.getMessage());
            throw refused;
        }
    }

    @Override
    public boolean hold(String token) {
        return verified.holds(token);
    }

    private AccessToken verify(String token) {
        if (token.length() > settings.maxTokenSize().toBytes()) {
            throw new TokenRefused("it is too long");
        }
        CompactJws jws = CompactJws.parse(token);
        AccessTokenRules.requireType(jws.type());
        TokenAlgorithm algorithm = jws.algorithm(settings.tokenAlgorithms());
        IssuerKey signer = keys.matching(algorithm.keys(jws.keyId())).stream()
                .filter(key -> JwsSignatures.verify(jws, algorithm, key.jwk()))
                .findFirst()
                .orElseThrow(() -> new TokenRefused("no key of the issuer signed it"));
        return rules.judge(Members.of(jws.payload()), signer);
    }
}
