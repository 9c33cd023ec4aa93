/** oneDNN, its primitives and native memory, for the engine and its kernels. */
@NullMarked
package io.github.rtmjava.onednn.natives;

import org.jspecify.annotations.NullMarked;
