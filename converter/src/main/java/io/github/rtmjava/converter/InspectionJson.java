package io.github.rtmjava.converter;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.rtmjava.bundle.Json;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Provenance;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An {@link Inspection} as JSON. */
record InspectionJson(
    String file,
    long bytes,
    String layout,
    @Nullable ModelSpec network,
    Map<String, String> origins,
    List<String> remarks,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Provenance provenance,
    Data.Dict meta,
    List<String> extras,
    long parameters,
    List<Tensor> tensors) {

  private record Tensor(
      String name,
      String dtype,
      int[] shape,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String alias) {
    static Tensor of(Inspection.Entry tensor) {
      return new Tensor(
          tensor.name(), tensor.dtype().name(), tensor.shape().dims(), tensor.alias());
    }
  }

  static String of(Inspection inspection) {
    return Json.text(
        new InspectionJson(
            inspection.file(),
            inspection.bytes(),
            inspection.layout(),
            inspection.spec().orElse(null),
            inspection.origins(),
            inspection.remarks(),
            inspection.provenance(),
            inspection.meta(),
            inspection.extras(),
            inspection.parameters(),
            inspection.tensors().stream().map(Tensor::of).toList()));
  }
}
