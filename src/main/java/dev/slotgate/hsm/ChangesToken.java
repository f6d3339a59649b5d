package dev.slotgate.hsm;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a call of the port that changes what is on the token: it is never made twice, it may take as long as the generation of
 * a key, and when it is cut short it ends in OUTCOME_UNKNOWN. Every other call may be made again.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ChangesToken {}
