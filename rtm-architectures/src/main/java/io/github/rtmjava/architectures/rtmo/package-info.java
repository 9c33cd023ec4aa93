/** RTMO: its networks, recognised and built. */
@NullMarked
package io.github.rtmjava.architectures.rtmo;

import org.jspecify.annotations.NullMarked;
