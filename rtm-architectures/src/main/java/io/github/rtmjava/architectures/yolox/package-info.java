/** YOLOX: its networks, recognised and built. */
@NullMarked
package io.github.rtmjava.architectures.yolox;

import org.jspecify.annotations.NullMarked;
