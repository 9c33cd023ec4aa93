package io.github.rtmjava.server.oip;

import io.github.rtmjava.engine.BatchRunner;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.server.model.ModelPool;
import io.github.rtmjava.server.model.ServedModel;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bare networks of all models, by the names that callers of the protocol use. The pose network
 * of a model goes by the model's name; those beside it by that, a dot and what they are: {@value
 * #DETECTOR}, or {@code dcc} for the second one of RTMO.
 */
final class ServedNetworks {
  private static final String DETECTOR = "detector";

  private final ModelPool models;

  ServedNetworks(ModelPool models) {
    this.models = models;
  }

  /**
   * A network.
   *
   * @param loaded whether it can be asked at once
   */
  record Known(String name, boolean loaded) {}

  /** A name, taken apart. */
  private record Parts(String model, @Nullable String part) {}

  private Parts parts(String asked) {
    int dot = asked.lastIndexOf('.');
    return dot < 0 || models.names().contains(asked)
        ? new Parts(asked, null)
        : new Parts(asked.substring(0, dot), asked.substring(dot + 1));
  }

  /** All there are; of models that are not loaded only the pose network is known. */
  List<Known> all() {
    List<Known> all = new ArrayList<>();
    for (String name : models.names()) {
      Optional<ServedModel> loaded = models.leaseLoaded(name);
      all.add(new Known(name, loaded.isPresent()));
      if (loaded.isPresent()) {
        try (ServedModel model = loaded.get()) {
          beside(model.inferencer())
              .keySet()
              .forEach(part -> all.add(new Known(name + "." + part, true)));
        }
      }
    }
    return all;
  }

  private static Map<String, BatchRunner> beside(PoseInferencer inferencer) {
    Map<String, BatchRunner> beside = new LinkedHashMap<>();
    inferencer.detectorNetwork().ifPresent(network -> beside.put(DETECTOR, network));
    beside.putAll(inferencer.furtherNetworks());
    return beside;
  }

  /**
   * The model that a network belongs to, loaded if it is not yet.
   *
   * @throws ProblemException if there is none of this name, or no memory for it now
   * @throws IOException if it cannot be opened
   */
  ServedModel lease(String asked) throws IOException {
    return models.lease(parts(asked).model);
  }

  /** Refuses a network that there is not, or not now. */
  void requireLoaded(String asked) {
    try (ServedModel model =
        models
            .leaseLoaded(parts(asked).model)
            .orElseThrow(
                () ->
                    new ProblemException(
                        Reason.UNAVAILABLE, "the model is loaded when it is asked for"))) {
      var unused = runner(asked, model);
    }
  }

  /**
   * What runs a network.
   *
   * @throws ProblemException if the model has none of this name
   */
  BatchRunner runner(String asked, ServedModel model) {
    @Nullable String part = parts(asked).part;
    if (part == null) {
      return model.inferencer().poseNetwork();
    }
    Map<String, BatchRunner> beside = beside(model.inferencer());
    BatchRunner runner = beside.get(part);
    if (runner == null) {
      throw new ProblemException(
          Reason.NOT_FOUND,
          "expected one of the networks of '%s' (%s), found '%s'"
              .formatted(model.name(), String.join(", ", all(model.name(), beside)), asked));
    }
    return runner;
  }

  private static List<String> all(String model, Map<String, BatchRunner> beside) {
    List<String> names = new ArrayList<>(List.of(model));
    beside.keySet().forEach(part -> names.add(model + "." + part));
    return names;
  }
}
