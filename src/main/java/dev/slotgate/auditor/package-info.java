/** What an auditor asks for: the records of calls, and whether they are as they were written. */
@NullMarked
package dev.slotgate.auditor;

import org.jspecify.annotations.NullMarked;
