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
   * The model with its official name, licence and, for a detector, input size and threshold.
   *
   * @throws CheckpointException if the file holds another kind of network
   */
  static Model of(ZooEntry entry, Model model) throws CheckpointException {
    ModelSpec spec = model.spec();
    if (!spec.architecture().equals(entry.architecture())) {
      throw new CheckpointException(
          "%s: expected a %s network, found %s"
              .formatted(entry.file(), entry.architecture(), spec.architecture()));
    }
    if (spec.codec() instanceof Codec.Boxes boxes) {
      Float threshold = entry.threshold();
      spec =
          spec.withInput(spec.input().withSize(entry.input().width(), entry.input().height()))
              .withCodec(
                  new Codec.Boxes(
                      boxes.scoreThreshold(),
                      boxes.nmsPre(),
                      boxes.nmsIou(),
                      boxes.maxPerImage(),
                      threshold == null ? boxes.recommendedThreshold() : threshold));
    }
    Provenance origin = model.provenance();
    return new Model(
        entry.name(),
        spec,
        model.weights(),
        new Provenance(entry.file(), origin.sha256(), origin.converter(), entry.licence()));
  }
}
