package io.github.rtmjava.converter;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rtmjava.bundle.Safetensors;
import io.github.rtmjava.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes safetensors files as others do: no padding, in the order of the map. */
public final class SafetensorsFiles {
  private SafetensorsFiles() {}

  public static byte[] of(Map<String, Tensor> tensors) throws IOException {
    ObjectNode header = new ObjectMapper().createObjectNode();
    header.putObject("__metadata__").put("format", "pt");
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
      ByteBuffer bytes = tensor.getValue().bytes();
      ObjectNode entry = header.putObject(tensor.getKey());
      entry.put("dtype", Safetensors.code(tensor.getValue().dtype()));
      entry.putPOJO("shape", tensor.getValue().shape().dims());
      entry.putArray("data_offsets").add(data.size()).add(data.size() + bytes.remaining());
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      data.write(copy);
    }
    return raw(new ObjectMapper().writeValueAsString(header), data.toByteArray());
  }

  /** A file of a given header. */
  public static byte[] raw(String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).array());
    out.write(json);
    out.write(data);
    return out.toByteArray();
  }
}
