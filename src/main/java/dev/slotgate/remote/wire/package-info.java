/**
 * The wire protocol of p11-kit's remote modules (what {@code p11-kit-client.so} speaks), as values: frames, the signature
 * strings that every body carries, attributes and mechanisms in the encodings of the releases 0.24 to 0.26. Pure: it knows no
 * token and nothing else of the gateway. Whatever it is given, it reads a value or throws {@link
 * dev.slotgate.remote.wire.MalformedFrame}, and never allocates more than a frame may hold.
 */
@NullMarked
package dev.slotgate.remote.wire;

import org.jspecify.annotations.NullMarked;
