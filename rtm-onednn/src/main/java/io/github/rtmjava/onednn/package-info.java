/**
 * The fast engine for processors: a compiled program as oneDNN primitives and a few loops in Java,
 * on a {@link io.github.rtmjava.onednn.ThreadPool} of its own. oneDNN runs single-threaded inside
 * each of its threads.
 */
@NullMarked
package io.github.rtmjava.onednn;

import org.jspecify.annotations.NullMarked;
