package io.github.rtmjava.converter.testing;

import io.github.rtmjava.converter.testing.PickleWriter.Call;
import io.github.rtmjava.converter.testing.PickleWriter.Global;
import io.github.rtmjava.converter.testing.PickleWriter.Persistent;
import io.github.rtmjava.converter.testing.PickleWriter.Tuple;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Tensor;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes checkpoints as {@code torch.save} does, in a stream: {@code {"meta": …, "state_dict": …}}
 * where {@code meta} is given, otherwise the bare state dict. Equal tensor objects share a storage.
 */
public final class TorchFiles {
  private TorchFiles() {}

  /** The zip layout, torch 1.6 and later. */
  public static void zip(Path file, Map<String, Tensor> tensors, Map<String, ?> meta)
      throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      zip(out, tensors, meta);
    }
  }

  /** The zip layout in memory. */
  public static byte[] zip(Map<String, Tensor> tensors, Map<String, ?> meta) {
    return inMemory(out -> zip(out, tensors, meta));
  }

  /** The legacy layout: what OpenMMLab publishes. */
  public static void legacy(Path file, Map<String, Tensor> tensors, Map<String, ?> meta)
      throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      legacy(out, tensors, meta);
    }
  }

  /** The legacy layout in memory. */
  public static byte[] legacy(Map<String, Tensor> tensors, Map<String, ?> meta) {
    return inMemory(out -> legacy(out, tensors, meta));
  }

  /** A zip archive of stored entries, in the order of the map. */
  public static byte[] archive(Map<String, byte[]> entries) {
    return inMemory(
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out);
          for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            entry(zip, entry.getKey(), ByteBuffer.wrap(entry.getValue()));
          }
          zip.finish();
        });
  }

  /** A zip of dictionaries of tensors by name. */
  public static byte[] dictionaries(Map<String, Map<String, Tensor>> dictionaries) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    dictionaries.forEach((name, tensors) -> tensors.forEach((k, t) -> all.put(name + " " + k, t)));
    Map<Tensor, Integer> keys = keys(all);
    Map<String, Object> file = new LinkedHashMap<>();
    dictionaries.forEach((name, tensors) -> file.put(name, stateDict(tensors, keys)));
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/data.pkl", new PickleWriter().value(file).toBytes());
    keys.forEach(
        (tensor, key) -> {
          byte[] bytes = new byte[tensor.bytes().remaining()];
          tensor.bytes().get(bytes);
          entries.put("a/data/" + key, bytes);
        });
    return archive(entries);
  }

  /** The pickle of a bare or wrapped state dict. */
  public static byte[] pickle(Map<String, Tensor> tensors, Map<String, ?> meta) {
    return new PickleWriter().value(object(tensors, meta)).toBytes();
  }

  private static void zip(OutputStream out, Map<String, Tensor> tensors, Map<String, ?> meta)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    entry(zip, "archive/data.pkl", ByteBuffer.wrap(pickle(tensors, meta)));
    int key = 0;
    for (Tensor tensor : storages(tensors)) {
      entry(zip, "archive/data/" + key++, tensor.bytes());
    }
    entry(zip, "archive/version", ByteBuffer.wrap(new byte[] {'3', '\n'}));
    zip.finish();
  }

  private static void entry(ZipOutputStream zip, String name, ByteBuffer bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    CRC32 crc = new CRC32();
    crc.update(bytes.duplicate());
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.remaining());
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    copy(bytes, zip);
    zip.closeEntry();
  }

  private static void legacy(OutputStream out, Map<String, Tensor> tensors, Map<String, ?> meta)
      throws IOException {
    byte[] magic = {
      (byte) 0x80,
      2,
      (byte) 0x8a,
      10,
      0x6c,
      (byte) 0xfc,
      (byte) 0x9c,
      0x46,
      (byte) 0xf9,
      0x20,
      0x6a,
      (byte) 0xa8,
      0x50,
      0x19,
      '.'
    };
    out.write(magic);
    out.write(new PickleWriter().value(1001).toBytes());
    Map<String, Object> system = new LinkedHashMap<>();
    system.put("protocol_version", 1001);
    system.put("little_endian", true);
    system.put("type_sizes", Map.of("short", 2, "int", 4, "long", 4));
    out.write(new PickleWriter().value(system).toBytes());
    out.write(new PickleWriter().value(object(tensors, meta)).toBytes());
    List<Tensor> storages = storages(tensors);
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < storages.size(); i++) {
      keys.add(Integer.toString(i));
    }
    out.write(new PickleWriter().value(keys).toBytes());
    for (Tensor tensor : storages) {
      byte[] count =
          ByteBuffer.allocate(8)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(tensor.shape().elements())
              .array();
      out.write(count);
      copy(tensor.bytes(), out);
    }
  }

  private static void copy(ByteBuffer bytes, OutputStream out) throws IOException {
    WritableByteChannel channel = Channels.newChannel(out);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static List<Tensor> storages(Map<String, Tensor> tensors) {
    return new ArrayList<>(keys(tensors).keySet());
  }

  /** Storages in the order of first use; the values are their keys. */
  private static Map<Tensor, Integer> keys(Map<String, Tensor> tensors) {
    Map<Tensor, Integer> keys = new LinkedHashMap<>(); // tensors are equal to themselves only
    for (Tensor tensor : tensors.values()) {
      keys.putIfAbsent(tensor, keys.size());
    }
    return keys;
  }

  private static Object object(Map<String, Tensor> tensors, Map<String, ?> meta) {
    Call stateDict = stateDict(tensors, keys(tensors));
    if (meta.isEmpty()) {
      return stateDict;
    }
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("meta", meta);
    file.put("state_dict", stateDict);
    return file;
  }

  private static Call stateDict(Map<String, Tensor> tensors, Map<Tensor, Integer> keys) {
    List<Object> pairs = new ArrayList<>();
    tensors.forEach((name, tensor) -> pairs.add(Tuple.of(name, view(tensor, keys.get(tensor)))));
    return new Call(new Global("collections", "OrderedDict"), List.of(pairs));
  }

  private static Call view(Tensor tensor, Integer key) {
    int[] dims = tensor.shape().dims();
    List<Integer> shape = new ArrayList<>();
    List<Integer> strides = new ArrayList<>();
    int stride = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      shape.add(0, dims[i]);
      strides.add(0, stride);
      stride *= Math.max(1, dims[i]);
    }
    List<Object> id = new ArrayList<>();
    id.add("storage");
    id.add(new Global("torch", storageClass(tensor.dtype())));
    id.add(Integer.toString(key));
    id.add("cpu");
    id.add(Math.toIntExact(tensor.shape().elements()));
    return new Call(
        new Global("torch._utils", "_rebuild_tensor_v2"),
        List.of(
            new Persistent(id),
            0,
            new Tuple(shape),
            new Tuple(strides),
            false,
            new Call(new Global("collections", "OrderedDict"), List.of())));
  }

  private static String storageClass(DType dtype) {
    return switch (dtype) {
      case FLOAT16 -> "HalfStorage";
      case BFLOAT16 -> "BFloat16Storage";
      case FLOAT32 -> "FloatStorage";
      case FLOAT64 -> "DoubleStorage";
      case INT8 -> "CharStorage";
      case UINT8 -> "ByteStorage";
      case INT16 -> "ShortStorage";
      case INT32 -> "IntStorage";
      case INT64 -> "LongStorage";
      case BOOL -> "BoolStorage";
    };
  }

  private interface Writing {
    void to(OutputStream out) throws IOException;
  }

  private static byte[] inMemory(Writing writing) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
