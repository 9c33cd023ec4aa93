package io.github.rtmjava.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The safetensors format: eight bytes with the length of a JSON header, the header, the elements.
 * Tensors may lie unaligned in files of others; none may overlap another or leave the file.
 */
public final class Safetensors {
  private static final long MAX_HEADER = 8 << 20;
  static final String METADATA = "__metadata__";

  /** The text that names the program whose tensors these are. */
  public static final String FORMAT = "format";

  /** Where a tensor lies in the file. */
  public record Place(DType dtype, Shape shape, long position, int bytes) {}

  private final ByteSource source;
  private final Map<String, Place> places;
  private final Map<String, String> metadata;

  private Safetensors(ByteSource source, Map<String, Place> places, Map<String, String> metadata) {
    this.source = source;
    this.places = Collections.unmodifiableMap(places);
    this.metadata = Collections.unmodifiableMap(metadata);
  }

  /** Tensors by name, in the header's order. */
  public Map<String, Place> places() {
    return places;
  }

  /** The header's own strings. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * Names that share a tensor with a name in the file, to that name, as {@code
   * safetensors.torch.save_model} notes them in the header.
   */
  public Map<String, String> aliases() {
    Map<String, String> aliases = new LinkedHashMap<>(metadata);
    aliases.remove(FORMAT);
    aliases
        .entrySet()
        .removeIf(a -> places.containsKey(a.getKey()) || !places.containsKey(a.getValue()));
    return aliases;
  }

  /** Reads one tensor. */
  public Tensor read(Place place) throws IOException {
    return read(source, place);
  }

  public static Tensor read(ByteSource source, Place place) throws IOException {
    return Tensor.over(place.dtype, place.shape, source.bytes(place.position, place.bytes));
  }

  /** Whether the bytes look like the start of such a file. */
  public static boolean looksLike(ByteSource source) throws IOException {
    if (source.size() < 10) {
      return false;
    }
    long header = source.bytes(0, 8).getLong();
    return header > 1 && header <= MAX_HEADER && source.bytes(8, 1).get() == '{';
  }

  public static Safetensors open(ByteSource source) throws IOException {
    long length = source.size() < 8 ? -1 : source.bytes(0, 8).getLong();
    if (length < 2 || length > Math.min(MAX_HEADER, source.size() - 8)) {
      throw new CheckpointException(
          "expected a safetensors header of at most %s bytes, found a length of %s in a file of %s bytes;"
                  .formatted(MAX_HEADER, Long.toUnsignedString(length), source.size())
              + " the file is cut off or damaged: fetch it again");
    }
    JsonNode header = Json.object(source.bytes(8, length).array(), "the safetensors header");
    Map<String, Place> places = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      if (field.getKey().equals(METADATA)) {
        for (Map.Entry<String, JsonNode> text : field.getValue().properties()) {
          metadata.put(text.getKey(), text.getValue().asText());
        }
      } else {
        places.put(
            field.getKey(), place(field.getKey(), field.getValue(), 8 + length, source.size()));
      }
    }
    requireDisjoint(places);
    return new Safetensors(source, places, metadata);
  }

  private static Place place(String name, JsonNode entry, long dataStart, long fileSize)
      throws CheckpointException {
    JsonNode offsets = entry.path("data_offsets");
    if (!offsets.path(0).isIntegralNumber() || !offsets.path(1).isIntegralNumber()) {
      throw damaged("no data_offsets of " + name);
    }
    List<Long> extents = new ArrayList<>();
    for (JsonNode extent : entry.path("shape")) {
      if (!extent.isIntegralNumber()
          || !extent.canConvertToLong()
          || extents.size() == TensorSizes.MAX_RANK) {
        throw damaged("a damaged shape of " + name);
      }
      extents.add(extent.longValue());
    }
    if (!entry.path("shape").isArray()) {
      throw damaged("no shape of " + name);
    }
    DType dtype = dtype(name, entry.path("dtype").asText());
    Shape shape = TensorSizes.shape(extents);
    int bytes = TensorSizes.bytes(shape, dtype);
    long begin = offsets.path(0).canConvertToLong() ? offsets.path(0).longValue() : -1;
    long end = offsets.path(1).canConvertToLong() ? offsets.path(1).longValue() : -1;
    if (begin < 0 || end < begin || end - begin != bytes || end > fileSize - dataStart) {
      throw damaged(
          "%s as %s %s at %s to %s of %s bytes"
              .formatted(name, dtype, shape, begin, end, fileSize - dataStart));
    }
    return new Place(dtype, shape, dataStart + begin, bytes);
  }

  private static void requireDisjoint(Map<String, Place> places) throws CheckpointException {
    List<Place> sorted = new ArrayList<>(places.values());
    sorted.removeIf(p -> p.bytes == 0);
    sorted.sort(Comparator.comparingLong(Place::position));
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i - 1).position + sorted.get(i - 1).bytes > sorted.get(i).position) {
        throw damaged("tensors that overlap");
      }
    }
  }

  private static DType dtype(String name, String code) throws CheckpointException {
    return switch (code) {
      case "F16" -> DType.FLOAT16;
      case "BF16" -> DType.BFLOAT16;
      case "F32" -> DType.FLOAT32;
      case "F64" -> DType.FLOAT64;
      case "I8" -> DType.INT8;
      case "U8" -> DType.UINT8;
      case "I16" -> DType.INT16;
      case "I32" -> DType.INT32;
      case "I64" -> DType.INT64;
      case "BOOL" -> DType.BOOL;
      default ->
          throw new CheckpointException(
              "expected float or integer tensors, found %s of type '%s'; convert it first"
                  .formatted(name, code));
    };
  }

  public static String code(DType dtype) {
    return switch (dtype) {
      case FLOAT16 -> "F16";
      case BFLOAT16 -> "BF16";
      case FLOAT32 -> "F32";
      case FLOAT64 -> "F64";
      case INT8 -> "I8";
      case UINT8 -> "U8";
      case INT16 -> "I16";
      case INT32 -> "I32";
      case INT64 -> "I64";
      case BOOL -> "BOOL";
    };
  }

  private static CheckpointException damaged(String found) {
    return new CheckpointException(
        "expected a sound safetensors header, found %s; the file is damaged: fetch it again"
            .formatted(found));
  }
}
