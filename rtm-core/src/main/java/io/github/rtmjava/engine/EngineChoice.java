package io.github.rtmjava.engine;

/**
 * An engine that was chosen.
 *
 * @param engine the engine
 * @param reason one line for people: why this one
 */
public record EngineChoice(Engine engine, String reason) {}
