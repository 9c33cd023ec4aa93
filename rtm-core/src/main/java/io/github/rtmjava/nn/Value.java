package io.github.rtmjava.nn;

import io.github.rtmjava.tensor.Shape;

/**
 * The result of a node, or an input, of a network.
 *
 * @param id its number: inputs first, then results in the order of the nodes
 * @param name unique within the network; the module's path in the checkpoint where there is one,
 *     for example {@code backbone.stem.0.conv}
 * @param shape NCHW for images; the first extent is free ({@link Shape#BATCH}) unless it is a
 *     weight
 */
public record Value(int id, String name, Shape shape) {}
