package dev.slotgate.security;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;

/** An issuer inside this process: its tokens are checked without asking anybody. */
public record EmbeddedIssuer(String issuer, JWKSource<SecurityContext> keys) {}
