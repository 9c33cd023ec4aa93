package io.github.rtmjava.architectures.simcc;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.KeypointDataset;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Parts;
import io.github.rtmjava.model.Recognition;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.nn.block.CspNext;
import io.github.rtmjava.nn.block.CspPafpn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What RTMW and RTMW3D have in common: everything but the codec. */
final class RtmwNetwork {
  private static final List<String> PARTS = List.of("backbone", "neck", "head");

  private RtmwNetwork() {}

  /** How the outputs of a head on an input of some size are read. */
  interface CodecRule {
    Codec codec(SimccClassifiers classifiers, InputSpec input);
  }

  /**
   * Derives the specification.
   *
   * @param head whether the file holds the architecture's head
   */
  static Recognition recognise(
      Checkpoint checkpoint, String architecture, Task task, boolean head, CodecRule rule)
      throws CheckpointException {
    SimccRecogniser recogniser = new SimccRecogniser(checkpoint, new Parts(architecture, PARTS));
    Optional<Recognition> incomplete = recogniser.incomplete(head);
    return incomplete.isPresent()
        ? incomplete.get()
        : new Recognition.Whole(spec(recogniser, task, rule));
  }

  private static ModelSpec spec(SimccRecogniser recogniser, Task task, CodecRule rule)
      throws CheckpointException {
    Checkpoint checkpoint = recogniser.checkpoint();
    RtmwHead head = RtmwHead.of(recogniser.shapes());
    Map<String, Integer> hyper = new TreeMap<>();
    CspNext.of(checkpoint).putInto(hyper);
    hyper.put("neck_blocks", checkpoint.countBelow("neck.top_down_blocks.0.blocks."));
    head.putInto(hyper);
    InputSpec input = recogniser.input(head.classifiers());
    return new ModelSpec(
        recogniser.parts().architecture(),
        task,
        input,
        rule.codec(head.classifiers(), input),
        List.of(KeypointDataset.of(checkpoint, head.keypoints())),
        hyper);
  }

  static Network build(ModelSpec spec) {
    InputSpec input = spec.input();
    NetworkBuilder builder =
        new NetworkBuilder(
            "%s %sx%s".formatted(spec.architecture(), input.width(), input.height()));
    Value image = builder.input("image", 3, input.height(), input.width());
    Scope root = builder.scope("");
    List<Value> levels = CspNext.of(spec.hyperParameters()).apply(root.in("backbone"), image);
    levels =
        CspPafpn.cspNext(spec.hyper("neck_blocks"), 0, spec.hyper("depthwise") == 1)
            .apply(root.in("neck"), levels);
    RtmwHead.of(spec).apply(builder, root.in("head"), levels.get(1), levels.get(2));
    return builder.build();
  }
}
