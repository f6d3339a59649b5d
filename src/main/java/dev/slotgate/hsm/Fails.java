package dev.slotgate.hsm;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares what a call can fail with beside what follows from what its method takes. The contract states it; it has no other
 * effect. On a class it holds for each of its calls, on
 * an annotation for each call that has it.
 */
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Fails {

    HsmFailure[] value();
}
