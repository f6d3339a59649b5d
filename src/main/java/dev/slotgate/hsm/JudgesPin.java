package dev.slotgate.hsm;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A call that has a token judge a caller's PIN: what can come of that. */
@Fails({
    HsmFailure.PIN_INCORRECT,
    HsmFailure.PIN_LOCKED,
    HsmFailure.PIN_TRIES_LOW,
    HsmFailure.PIN_EXPIRED,
    HsmFailure.TOO_MANY_ATTEMPTS
})
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface JudgesPin {}
