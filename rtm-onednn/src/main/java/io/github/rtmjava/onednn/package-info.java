/**
 * The fast engine for processors: a compiled plan as oneDNN primitives and a few loops of our own,
 * on threads of our own. oneDNN runs single-threaded inside each of them ({@link
 * io.github.rtmjava.onednn.Crew}).
 *
 * <p>In usual words: the thread pool is {@link io.github.rtmjava.onednn.Crew}, a barrier belongs to
 * a {@link io.github.rtmjava.onednn.Team}, the autotuner is {@link io.github.rtmjava.onednn.Trials}
 * with its cache {@link io.github.rtmjava.onednn.Known}, the cost model is {@link
 * io.github.rtmjava.onednn.Rule}, an executable plan with its memory is {@link
 * io.github.rtmjava.onednn.Executable}, work is partitioned by {@link
 * io.github.rtmjava.onednn.Site#split} and {@link io.github.rtmjava.onednn.Round}.
 */
@NullMarked
package io.github.rtmjava.onednn;

import org.jspecify.annotations.NullMarked;
