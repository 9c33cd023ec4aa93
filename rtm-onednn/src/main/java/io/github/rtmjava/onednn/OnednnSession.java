package io.github.rtmjava.onednn;

import io.github.rtmjava.engine.Inputs;
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
 * A line of work: executables for the numbers of images that it has met. A batch is cut into rounds
 * ({@link Round}): where there are as many images as threads each thread takes some for itself,
 * otherwise all threads share one image after the other.
 *
 * <p>Nothing is allocated on the Java heap by a run of the batch size and with the tensors of the
 * run before, if they lie in direct buffers.
 */
final class OnednnSession implements Session {
  private final OnednnModel model;
  private final Feed[] feeds;
  private @Nullable Executable single;

  /** By thread, then by number of images. */
  private final List<Map<Integer, Executable>> several = new ArrayList<>();

  private final Map<String, ByteBuffer> outputMemory = new HashMap<>();
  private Map<String, Tensor> outputs = Map.of();

  /** The outputs' elements, in the order of an executable's. */
  private FloatBuffer[] results = {};

  private Turn[] turns = {};
  private int batch;

  /** Whoever runs this or frees its memory has it. */
  private final Semaphore use = new Semaphore(1);

  private volatile boolean closed;

  OnednnSession(OnednnModel model) {
    this.model = model;
    feeds = model.network().inputs().stream().map(Value::name).map(Feed::new).toArray(Feed[]::new);
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
    int images = Inputs.batch(model.network(), inputs);
    if (images != batch) {
      prepare(images);
    }
    for (Feed feed : feeds) {
      feed.take(inputs);
    }
    for (Turn turn : turns) {
      turn.run();
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
    List<Turn> all = new ArrayList<>();
    int first = 0;
    for (Round round : Round.of(images, model.threads(), model.images())) {
      Turn turn = new Turn(work(round), round.members() == 0, first);
      all.add(turn);
      first += turn.images();
    }
    turns = all.toArray(Turn[]::new);
    batch = images;
  }

  private Executable[] work(Round round) {
    if (round.members() == 0) {
      Executable all = single == null ? model.single() : single;
      single = all;
      return new Executable[] {all};
    }
    Executable[] work = new Executable[round.members()];
    for (int member = 0; member < work.length; member++) {
      work[member] = several.get(member).computeIfAbsent(round.images(), model::several);
    }
    return work;
  }

  /** A round with what runs it. */
  private final class Turn implements Team.Job {
    private final Executable[] work;
    private final boolean shared;
    private final int first;
    private final Team team;

    /**
     * @param work one that all threads share, or one for each
     * @param first image
     */
    Turn(Executable[] work, boolean shared, int first) {
      this.work = work;
      this.shared = shared;
      this.first = first;
      team = new Team(shared ? work[0].parts() : work.length, this);
    }

    int images() {
      return work.length * work[0].images();
    }

    void run() {
      for (int i = 0; i < work.length; i++) {
        feed(work[i], first + i * work[i].images());
      }
      Crew.get().run(team);
      if (shared) {
        store(work[0], first);
      }
    }

    @Override
    public void run(int member, Team members) {
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

  private void feed(Executable executable, int image) {
    List<Input> inputs = executable.inputs();
    for (int i = 0; i < inputs.size(); i++) {
      for (Feed feed : feeds) {
        if (feed.name().equals(inputs.get(i).name())) {
          feed.into(inputs.get(i), image);
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
      turns = new Turn[0];
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
