/**
 * Unmodified PKCS#11 applications use the gateway as their token: it speaks the protocol of p11-kit's remote modules. A
 * connection is one Cryptoki application, with its own sessions, handles and logins. Every call goes through the same services,
 * access rules and journal as one over HTTP.
 */
@NullMarked
package dev.slotgate.remote;

import org.jspecify.annotations.NullMarked;
