package io.github.rtmjava.converter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rtmjava.bundle.DataJson;
import io.github.rtmjava.bundle.Json;
import io.github.rtmjava.bundle.SpecJson;
import io.github.rtmjava.model.Provenance;
import java.io.IOException;

/** An {@link Inspection} as JSON. */
final class InspectionJson {
  private InspectionJson() {}

  static String of(Inspection inspection) throws IOException {
    ObjectNode out = Json.MAPPER.createObjectNode();
    out.put("file", inspection.file());
    out.put("bytes", inspection.bytes());
    out.put("layout", inspection.layout());
    if (inspection.spec().isPresent()) {
      SpecJson.write(inspection.spec().get(), out.putObject("network"));
    } else {
      out.putNull("network");
    }
    ObjectNode origins = out.putObject("origins");
    inspection.origins().forEach(origins::put);
    ArrayNode remarks = out.putArray("remarks");
    inspection.remarks().forEach(remarks::add);
    Provenance provenance = inspection.provenance();
    if (provenance != null) {
      ObjectNode origin = out.putObject("provenance");
      origin.put("source", provenance.source());
      origin.put("sha256", provenance.sha256());
      origin.put("converter", provenance.converter());
      origin.put("licence", provenance.licence());
    }
    out.set("meta", DataJson.of(inspection.meta()));
    ArrayNode extras = out.putArray("extras");
    inspection.extras().forEach(extras::add);
    out.put("parameters", inspection.parameters());
    ArrayNode tensors = out.putArray("tensors");
    for (Inspection.Entry tensor : inspection.tensors()) {
      ObjectNode entry = tensors.addObject();
      entry.put("name", tensor.name());
      entry.put("dtype", tensor.dtype().name());
      ArrayNode shape = entry.putArray("shape");
      for (int dim : tensor.shape().dims()) {
        shape.add(dim);
      }
      if (tensor.alias() != null) {
        entry.put("alias", tensor.alias());
      }
    }
    return Json.MAPPER.writeValueAsString(out);
  }
}
