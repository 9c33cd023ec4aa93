/** Native memory, native objects and oneDNN's answers, for the engine and its kernels. */
@NullMarked
package io.github.rtmjava.onednn.natives;

import org.jspecify.annotations.NullMarked;
