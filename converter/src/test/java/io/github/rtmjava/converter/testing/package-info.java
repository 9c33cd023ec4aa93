/** Checkpoint files and weights made for tests, of this module and of others. */
@NullMarked
package io.github.rtmjava.converter.testing;

import org.jspecify.annotations.NullMarked;
