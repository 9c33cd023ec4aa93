package io.github.rtmjava.converter;

import io.github.rtmjava.bundle.ModelNote;
import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.model.Architectures;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Recognition;
import io.github.rtmjava.model.WeightCheck;
import io.github.rtmjava.pose.KeypointSet;
import java.util.List;
import java.util.Optional;

/**
 * The network that a checkpoint holds: the one of its note, or the one that its tensors show.
 *
 * @param note what a bundle said of the model before it was exported, if that fits the tensors
 * @param remarks what was guessed, and what contradicts itself
 */
record Recognised(ModelSpec spec, Optional<ModelNote> note, List<String> remarks) {
  /**
   * @throws CheckpointException if no architecture on the class path knows it, or it holds only a
   *     part of a network
   */
  static Recognised in(Checkpoint checkpoint) throws CheckpointException {
    Optional<ModelNote> note = ModelNote.in(checkpoint.meta()).filter(n -> fits(n, checkpoint));
    if (note.isPresent()) {
      return new Recognised(named(note.get().spec(), checkpoint), note, List.of());
    }
    Recognition.Whole whole = whole(checkpoint);
    return new Recognised(whole.spec(), note, whole.remarks());
  }

  /** A note that came along with weights of another network is passed over. */
  private static boolean fits(ModelNote note, Checkpoint checkpoint) {
    try {
      WeightCheck.require(note.spec(), checkpoint.tensors());
      return true;
    } catch (CheckpointException e) {
      return false;
    }
  }

  /** With the keypoints that the file names beside the note, where the note has none. */
  private static ModelSpec named(ModelSpec noted, Checkpoint checkpoint)
      throws CheckpointException {
    if (noted.keypoints() == null) {
      for (Recognition recognition : Architectures.recognise(checkpoint)) {
        KeypointSet said =
            recognition instanceof Recognition.Whole whole ? whole.spec().keypoints() : null;
        if (said != null) {
          return noted.withKeypoints(said);
        }
      }
    }
    return noted;
  }

  private static Recognition.Whole whole(Checkpoint checkpoint) throws CheckpointException {
    List<Recognition> recognitions = Architectures.recognise(checkpoint);
    for (Recognition recognition : recognitions) {
      if (recognition instanceof Recognition.Whole whole) {
        return whole;
      }
    }
    throw Unrecognised.refusal(checkpoint, recognitions);
  }
}
