/** RTMDet: its networks, recognised and built. */
@NullMarked
package io.github.rtmjava.architectures.rtmdet;

import org.jspecify.annotations.NullMarked;
