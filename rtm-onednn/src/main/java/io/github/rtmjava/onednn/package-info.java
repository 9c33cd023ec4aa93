/**
 * The fast engine for processors: a compiled plan as oneDNN primitives and a few loops of our own,
 * on threads of our own. oneDNN runs single-threaded inside each of them ({@link
 * io.github.rtmjava.onednn.Crew}).
 */
@NullMarked
package io.github.rtmjava.onednn;

import org.jspecify.annotations.NullMarked;
