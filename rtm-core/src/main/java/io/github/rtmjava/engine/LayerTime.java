package io.github.rtmjava.engine;

/**
 * What one layer of a compiled model costs.
 *
 * @param layer the network's name for its result
 * @param implementation what runs it
 * @param nanoseconds median time from its start until all threads have done their share
 * @param busy median of the sum of all threads' times, in nanoseconds
 */
public record LayerTime(String layer, String implementation, long nanoseconds, long busy) {}
