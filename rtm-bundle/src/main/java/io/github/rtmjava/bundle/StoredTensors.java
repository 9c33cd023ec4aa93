package io.github.rtmjava.bundle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rtmjava.model.MapWeights;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a file of weights holds: each shared tensor once, wide elements first so that all lie
 * aligned, the header padded so that the elements start at a multiple of 64 bytes.
 */
public final class StoredTensors {
  private static final int ALIGNMENT = 64;

  /** A tensor under the first of its names, in the type in which it is written. */
  public record Stored(String key, DType dtype, Shape shape) {
    long bytes() {
      return shape.elements() * dtype.bytes();
    }
  }

  private final Weights weights;
  private final List<Stored> stored;
  private final Map<String, String> aliases;

  private StoredTensors(Weights weights, List<Stored> stored, Map<String, String> aliases) {
    this.weights = weights;
    this.stored = stored;
    this.aliases = aliases;
  }

  /** The tensors, in the order of their keys. */
  public List<Stored> stored() {
    return stored;
  }

  /** Names that share a tensor with a name stored, to that name. */
  public Map<String, String> aliases() {
    return aliases;
  }

  /** Every tensor in the type that it has. */
  public static StoredTensors unchanged(Weights weights) throws IOException {
    return of(weights, false, Set.of());
  }

  /**
   * Decides what is stored, and how.
   *
   * @param fp16 whether tensors of two and more dimensions become float16
   * @param kept keys of tensors that keep their type all the same
   */
  static StoredTensors of(Weights weights, boolean fp16, Set<String> kept) throws IOException {
    Map<String, String> aliases = aliases(weights);
    Set<String> wide = new HashSet<>(kept);
    kept.forEach(key -> wide.add(aliases.getOrDefault(key, key)));
    List<Stored> stored = new ArrayList<>();
    for (String key : weights.keys()) {
      if (aliases.containsKey(key)) {
        continue;
      }
      DType dtype;
      Shape shape;
      if (weights instanceof BundleWeights bundle) {
        dtype = bundle.place(key).dtype();
        shape = bundle.place(key).shape();
      } else {
        Tensor tensor = weights.get(key);
        dtype = tensor.dtype();
        shape = tensor.shape();
      }
      boolean narrow = fp16 && !wide.contains(key) && HalfPrecision.narrows(dtype, shape);
      stored.add(new Stored(key, narrow ? DType.FLOAT16 : dtype, shape));
    }
    return new StoredTensors(weights, stored, aliases);
  }

  private static Map<String, String> aliases(Weights weights) throws IOException {
    Map<String, String> aliases = new LinkedHashMap<>();
    if (weights instanceof BundleWeights bundle) {
      for (String key : bundle.keys()) {
        if (!bundle.stored(key).equals(key)) {
          aliases.put(key, bundle.stored(key));
        }
      }
    } else if (weights instanceof MapWeights) {
      IdentityHashMap<Tensor, String> first = new IdentityHashMap<>();
      for (String key : weights.keys()) {
        String before = first.putIfAbsent(weights.get(key), key);
        if (before != null) {
          aliases.put(key, before);
        }
      }
    }
    return aliases;
  }

  /** Writes a safetensors file. */
  public void write(Sink out) throws IOException {
    write(out, Map.of());
  }

  /** Writes a safetensors file with these texts in its header, if there are any. */
  public void write(Sink out, Map<String, String> metadata) throws IOException {
    List<Stored> order = new ArrayList<>(stored);
    order.sort(Comparator.comparingInt((Stored s) -> s.dtype.bytes()).reversed());
    out.write(ByteBuffer.wrap(header(order, metadata)));
    for (Stored tensor : order) {
      out.write(values(tensor));
    }
  }

  /** The elements of one tensor, as they are written. */
  public ByteBuffer values(Stored tensor) throws IOException {
    Tensor values = weights.get(tensor.key);
    return (values.dtype() == tensor.dtype ? values : HalfPrecision.of(tensor.key, values)).bytes();
  }

  private byte[] header(List<Stored> order, Map<String, String> metadata) throws IOException {
    Map<String, Long> offsets = new HashMap<>();
    long at = 0;
    for (Stored tensor : order) {
      offsets.put(tensor.key, at);
      at += tensor.bytes();
    }
    ObjectNode header = Json.empty();
    if (!metadata.isEmpty()) {
      ObjectNode texts = header.putObject(Safetensors.METADATA);
      metadata.forEach(texts::put);
    }
    for (Stored tensor : stored) {
      ObjectNode entry = header.putObject(tensor.key);
      entry.put("dtype", Safetensors.code(tensor.dtype));
      ArrayNode shape = entry.putArray("shape");
      for (int dim : tensor.shape.dims()) {
        shape.add(dim);
      }
      long begin = offsets.getOrDefault(tensor.key, 0L);
      entry.putArray("data_offsets").add(begin).add(begin + tensor.bytes());
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    int length = (8 + json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(length - 8L).put(json);
    while (out.hasRemaining()) {
      out.put((byte) ' ');
    }
    return out.array();
  }
}
