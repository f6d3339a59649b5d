package dev.slotgate.hsm;

/**
 * What the gateway may complete around what a token can do: part of the work is then done in its memory.
 *
 * @param oaep whether it decodes RSA-OAEP where the token does not
 * @param derive whether it derives keys from secrets that the token agreed on
 */
public record Completion(boolean oaep, boolean derive) {

    public static final Completion ALL = new Completion(true, true);
}
