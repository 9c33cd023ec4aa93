package io.github.rtmjava.models;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Provenance;

/** Adds to a model what the manifest knows and no file says. */
final class OfficialModel {
  private OfficialModel() {}

  /**
   * The model with its official name, licence and what its network leaves open: the input size of
   * one that takes any, the threshold of a detector.
   *
   * @throws CheckpointException if the file holds another kind of network, or one of another size
   */
  static Model of(ZooEntry entry, Model model) throws CheckpointException {
    ModelSpec spec = model.spec();
    if (!spec.architecture().equals(entry.architecture())) {
      throw new CheckpointException(
          "%s: expected a %s network, found %s"
              .formatted(entry.file(), entry.architecture(), spec.architecture()));
    }
    ZooEntry.Size expected = entry.input();
    ZooEntry.Size found = new ZooEntry.Size(spec.input().width(), spec.input().height());
    if (spec.codec() instanceof Codec.Simcc && !found.equals(expected)) {
      throw new CheckpointException(
          "%s: expected a network for an input of %s (height x width), found one for %s"
              .formatted(entry.file(), expected, found));
    }
    spec = spec.withInput(spec.input().withSize(expected.width(), expected.height()));
    Float threshold = entry.threshold();
    if (threshold != null && spec.codec() instanceof Codec.Detector boxes) {
      spec = spec.withCodec(boxes.withRecommendedThreshold(threshold));
    }
    Provenance origin = model.provenance();
    return new Model(
        entry.name(),
        spec,
        model.weights(),
        new Provenance(entry.file(), origin.sha256(), origin.converter(), entry.licence()),
        model.meta());
  }
}
