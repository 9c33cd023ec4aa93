package io.github.rtmjava.onednn;

import io.github.rtmjava.engine.InputCheck;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.nn.Value;
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
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Executables for the numbers of images that it has met. A batch is cut into micro-batches ({@link
 * MicroBatch}): where there are as many images as threads each thread takes some for itself,
 * otherwise all threads share one image after the other.
 *
 * <p>Nothing is allocated on the Java heap by a run of the batch size and with the tensors of the
 * run before, if they lie in direct buffers.
 */
final class OnednnSession implements Session {
  private final OnednnModel model;
  private final InputBuffer[] inputBuffers;
  private @Nullable Executable single;

  /** By thread, then by number of images. */
  private final List<Map<Integer, Executable>> several = new ArrayList<>();

  private final Map<String, ByteBuffer> outputMemory = new HashMap<>();
  private Map<String, Tensor> outputs = Map.of();

  /** The outputs' elements, in the order of an executable's. */
  private FloatBuffer[] results = {};

  private MicroBatchRun[] runs = {};
  private int batch;

  /** Whoever runs this or frees its memory has it. */
  private final Semaphore use = new Semaphore(1);

  private volatile boolean closed;

  OnednnSession(OnednnModel model) {
    this.model = model;
    inputBuffers =
        model.network().inputs().stream()
            .map(Value::name)
            .map(InputBuffer::new)
            .toArray(InputBuffer[]::new);
    for (int i = 0; i < model.threads(); i++) {
      several.add(new HashMap<>());
    }
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs) {
    model.enter();
    try {
      boolean mine = use.tryAcquire();
      if (closed) {
        use.release(mine ? 1 : 0);
        throw new IllegalStateException("the session is closed; open another one");
      } else if (!mine) {
        throw new IllegalStateException(
            "another thread runs this session just now; open a session for each thread");
      }
      try {
        return runAlone(inputs);
      } finally {
        use.release();
      }
    } finally {
      model.leave();
    }
  }

  private Map<String, Tensor> runAlone(Map<String, Tensor> inputs) {
    int images = InputCheck.batch(model.network(), inputs);
    if (images != batch) {
      prepare(images);
    }
    for (InputBuffer buffer : inputBuffers) {
      buffer.take(inputs);
    }
    for (MicroBatchRun run : runs) {
      run.run();
    }
    return outputs;
  }

  private void prepare(int images) {
    batch = 0;
    Map<String, Tensor> made = new LinkedHashMap<>();
    model
        .network()
        .outputs()
        .forEach((name, value) -> made.put(name, output(name, value.shape().withBatch(images))));
    outputs = Collections.unmodifiableMap(made);
    results =
        model.outputs().stream()
            .map(name -> Objects.requireNonNull(made.get(name)).floats())
            .toArray(FloatBuffer[]::new);
    List<MicroBatchRun> all = new ArrayList<>();
    int first = 0;
    for (MicroBatch microBatch : MicroBatch.of(images, model.threads(), model.images())) {
      MicroBatchRun run = new MicroBatchRun(work(microBatch), microBatch.members() == 0, first);
      all.add(run);
      first += run.images();
    }
    runs = all.toArray(MicroBatchRun[]::new);
    batch = images;
  }

  private Executable[] work(MicroBatch microBatch) {
    if (microBatch.members() == 0) {
      Executable all = single == null ? model.single() : single;
      single = all;
      return new Executable[] {all};
    }
    Executable[] work = new Executable[microBatch.members()];
    for (int member = 0; member < work.length; member++) {
      work[member] = several.get(member).computeIfAbsent(microBatch.images(), model::several);
    }
    return work;
  }

  /** A micro-batch with what runs it. */
  private final class MicroBatchRun implements ParallelRegion.Body {
    private final Executable[] work;
    private final boolean shared;
    private final int first;
    private final ParallelRegion region;

    /**
     * @param work one that all threads share, or one for each
     * @param first image
     */
    MicroBatchRun(Executable[] work, boolean shared, int first) {
      this.work = work;
      this.shared = shared;
      this.first = first;
      region = new ParallelRegion(shared ? work[0].parts() : work.length, this);
    }

    int images() {
      return work.length * work[0].images();
    }

    void run() {
      for (int i = 0; i < work.length; i++) {
        bindInputs(work[i], first + i * work[i].images());
      }
      ThreadPool.get().run(region);
      if (shared) {
        store(work[0], first);
      }
    }

    @Override
    public void run(int member, ParallelRegion members) {
      if (shared) {
        work[0].run(member, members);
        return;
      }
      for (int i = member; i < work.length; i += members.size()) {
        work[i].run();
        store(work[i], first + i * work[i].images());
      }
    }
  }

  private void bindInputs(Executable executable, int image) {
    List<InputBinding> inputs = executable.inputs();
    for (int i = 0; i < inputs.size(); i++) {
      for (InputBuffer buffer : inputBuffers) {
        if (buffer.name().equals(inputs.get(i).name())) {
          buffer.bind(inputs.get(i), image);
        }
      }
    }
  }

  private void store(Executable executable, int image) {
    for (int i = 0; i < results.length; i++) {
      FloatBuffer made = executable.outputs().get(i);
      int perImage = made.capacity() / executable.images();
      results[i].put(image * perImage, made, 0, made.capacity());
    }
  }

  private Tensor output(String name, Shape shape) {
    int bytes = Math.toIntExact(Math.multiplyExact(shape.elements(), (long) Float.BYTES));
    ByteBuffer memory = outputMemory.get(name);
    if (memory == null || memory.capacity() < bytes) {
      memory = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
      outputMemory.put(name, memory);
    }
    return Tensor.over(DType.FLOAT32, shape, memory.slice(0, bytes));
  }

  /** Waits for a run that is under way, and for no other session's. */
  @Override
  public void close() {
    closed = true;
    free();
    model.forget(this);
  }

  /** Frees the native memory, once; what is freed is not to be run any more. */
  void free() {
    use.acquireUninterruptibly();
    try {
      runs = new MicroBatchRun[0];
      batch = 0;
      ExitGate.get().unlessEnding(this::freeExecutables);
    } finally {
      use.release();
    }
  }

  private void freeExecutables() {
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
