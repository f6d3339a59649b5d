package dev.slotgate.ops;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether the gateway may do without TLS.
 *
 * @param allowPlainHttp true when a proxy in front of the gateway does TLS; else it listens on loopback only without its own
 */
@ConfigurationProperties("slotgate.web")
record PlainHttpSettings(@DefaultValue("false") boolean allowPlainHttp) {}
