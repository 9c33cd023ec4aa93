/** The {@code rtm} command. */
@NullMarked
package io.github.rtmjava.app;

import org.jspecify.annotations.NullMarked;
