package io.github.rtmjava.onednn;

import io.github.rtmjava.engine.Inputs;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * A line of work: executables for the numbers of images that it has met. A batch is cut into rounds
 * ({@link Round}): where there are as many images as threads each thread takes some for itself,
 * otherwise all threads share one image after the other.
 */
final class OnednnSession implements Session {
  private final OnednnModel model;
  private @Nullable Executable single;

  /** By thread, then by number of images. */
  private final List<Map<Integer, Executable>> several = new ArrayList<>();

  private final Map<String, ByteBuffer> outputMemory = new HashMap<>();
  private final Map<String, ByteBuffer> inputCopies = new HashMap<>();
  private Map<String, Tensor> outputs = Map.of();
  private int outputBatch;
  private boolean closed;

  OnednnSession(OnednnModel model) {
    this.model = model;
    for (int i = 0; i < model.threads(); i++) {
      several.add(new HashMap<>());
    }
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs) {
    if (closed) {
      throw new IllegalStateException("the session is closed; open another one");
    }
    int batch = Inputs.batch(model.network(), inputs);
    return model.whileOpen(() -> runOpen(inputs, batch));
  }

  private Map<String, Tensor> runOpen(Map<String, Tensor> inputs, int batch) {
    if (batch != outputBatch) {
      Map<String, Tensor> made = new LinkedHashMap<>();
      model
          .network()
          .outputs()
          .forEach((name, value) -> made.put(name, output(name, value.shape().withBatch(batch))));
      outputs = Collections.unmodifiableMap(made);
      outputBatch = batch;
    }
    Map<String, BytePointer> starts = new HashMap<>();
    inputs.forEach((name, tensor) -> starts.put(name, new BytePointer(direct(name, tensor))));
    int at = 0;
    for (Round round : Round.of(batch, model.threads(), model.images())) {
      at = run(round, starts, inputs, at);
    }
    return outputs;
  }

  private int run(
      Round round, Map<String, BytePointer> starts, Map<String, Tensor> inputs, int from) {
    if (round.members() == 0) {
      Executable all = single == null ? model.single() : single;
      single = all;
      bind(all, starts, inputs, from);
      Crew.get().run(all.parts(), all::run);
      store(all, from);
      return from + 1;
    }
    Executable[] work = new Executable[round.members()];
    for (int member = 0; member < work.length; member++) {
      work[member] = several.get(member).computeIfAbsent(round.images(), model::several);
      bind(work[member], starts, inputs, from + member * round.images());
    }
    Crew.get()
        .run(
            work.length,
            (member, team) -> {
              for (int i = member; i < work.length; i += team.size()) {
                work[i].run();
                store(work[i], from + i * round.images());
              }
            });
    return from + work.length * round.images();
  }

  private static void bind(
      Executable executable,
      Map<String, BytePointer> starts,
      Map<String, Tensor> inputs,
      int image) {
    inputs.forEach(
        (name, tensor) -> {
          Shape shape = tensor.shape();
          long bytes = shape.elements() / shape.dim(0) * Float.BYTES;
          BytePointer start = Objects.requireNonNull(starts.get(name));
          executable.setInput(name, start.getPointer(image * bytes));
        });
  }

  private void store(Executable executable, int image) {
    executable
        .outputs()
        .forEach(
            (name, made) -> {
              FloatBuffer all = Objects.requireNonNull(outputs.get(name)).floats();
              int perImage = made.capacity() / executable.images();
              all.put(image * perImage, made, 0, made.capacity());
            });
  }

  /** The tensor's memory, or a copy of it where native code cannot read it. */
  private ByteBuffer direct(String name, Tensor tensor) {
    ByteBuffer bytes = tensor.bytes();
    if (bytes.isDirect()) {
      return bytes;
    }
    ByteBuffer copy = memory(inputCopies, name, bytes.remaining());
    copy.put(0, bytes, 0, bytes.remaining());
    return copy;
  }

  private Tensor output(String name, Shape shape) {
    int bytes = Math.toIntExact(Math.multiplyExact(shape.elements(), (long) Float.BYTES));
    return Tensor.over(DType.FLOAT32, shape, memory(outputMemory, name, bytes));
  }

  private static ByteBuffer memory(Map<String, ByteBuffer> kept, String name, int bytes) {
    ByteBuffer memory = kept.get(name);
    if (memory == null || memory.capacity() < bytes) {
      memory = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
      kept.put(name, memory);
    }
    return memory.slice(0, bytes);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      model.release(this);
    }
  }

  /** Frees the native memory; called while no run is under way. */
  void free() {
    if (single != null) {
      single.close();
      single = null;
    }
    several.forEach(
        made -> {
          made.values().forEach(Executable::close);
          made.clear();
        });
  }
}
