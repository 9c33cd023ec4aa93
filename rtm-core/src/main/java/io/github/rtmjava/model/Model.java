package io.github.rtmjava.model;

import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.nn.Network;

/**
 * A model ready to be compiled.
 *
 * @param name for people and result files, for example {@code rtmw3d-l}
 * @param spec what it is
 * @param weights its weights
 * @param provenance where they come from
 * @param meta what the checkpoint says beside the weights, as plain data: configuration, metadata
 *     of its dataset, epoch; empty where that is not known
 */
public record Model(
    String name, ModelSpec spec, Weights weights, Provenance provenance, Data.Dict meta) {

  /** Without metadata. */
  public Model(String name, ModelSpec spec, Weights weights, Provenance provenance) {
    this(name, spec, weights, provenance, Data.Dict.EMPTY);
  }

  /** The network that its specification describes; the one that reads pictures. */
  public Network network() {
    return Architectures.named(spec.architecture()).build(spec);
  }

  /** All networks that its specification describes. */
  public Networks networks() {
    return Networks.of(spec);
  }
}
