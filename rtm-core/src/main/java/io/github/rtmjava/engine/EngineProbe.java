package io.github.rtmjava.engine;

/**
 * What an engine finds on this machine.
 *
 * @param usable whether it can run
 * @param device {@code cpu}, or the accelerator's kind: {@code cuda}
 * @param details one line for people: versions and device, or why it cannot run and what to do
 */
public record EngineProbe(boolean usable, String device, String details) {}
