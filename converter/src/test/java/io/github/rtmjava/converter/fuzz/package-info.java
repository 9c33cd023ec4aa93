/** Hostile files: mutated by the hundred thousand, and known attacks one by one. */
@NullMarked
package io.github.rtmjava.converter.fuzz;

import org.jspecify.annotations.NullMarked;
