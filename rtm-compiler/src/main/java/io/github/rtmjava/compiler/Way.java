package io.github.rtmjava.compiler;

/**
 * A way in which an engine can do a step, and what it can do with values that are windows of wider
 * maps.
 *
 * @param name in lower case, for people: {@code direct}, {@code winograd-4x4}
 * @param readsWindow whether every input but a sum's second operand may be a window
 * @param writesWindow whether the result may go among the channels of a wider map
 * @param addsInPlace whether a sum can be stored where its second operand is
 */
public record Way(String name, boolean readsWindow, boolean writesWindow, boolean addsInPlace) {}
