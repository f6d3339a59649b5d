/**
 * Which slots there are: reads the configuration, has the modules loaded, binds their tokens to slot ids, and brings each call
 * to the module that its slot is in.
 */
@NullMarked
package dev.slotgate.hsm.binding;

import org.jspecify.annotations.NullMarked;
