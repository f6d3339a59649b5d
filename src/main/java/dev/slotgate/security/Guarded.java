package dev.slotgate.security;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares who may call an endpoint. Every endpoint has it; one without it answers nobody. An endpoint with {@code {slot}}
 * in its path is also bound to the caller's slots.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Guarded {

    /** Bytes, for {@link #maxBody}. */
    int MEBIBYTE = 1 << 20;

    /** The scopes that the caller's token must hold, all of them. */
    Scope[] scope() default {};

    /** Of these it must hold one; which of them, the call itself decides. */
    Scope[] oneOf() default {};

    /** Whether any valid token will do. Who may call is said in one of these three ways, or nobody may. */
    boolean anyCaller() default false;

    /** What the audit record calls it, for example {@code keys.generate}. */
    String action();

    /** The longest body it takes, in bytes. */
    int maxBody() default 64 * 1024;

    /** Whether it changes something: such a call can be made again with the same {@code Idempotency-Key}. */
    boolean changesState() default false;

    /** Whether it can be called as an item of a batch. */
    boolean inBatch() default false;

    /**
     * The method beside it that makes several such calls of a batch for less than one by one. It takes the slot, a list of bodies,
     * who calls, and a list of their audit trails, and returns what gives the answer of each, in order, or throws what it failed
     * with.
     */
    String together() default "";

    /** Whether the configuration may open it to callers without a token. */
    boolean mayBeOpenToAll() default false;
}
