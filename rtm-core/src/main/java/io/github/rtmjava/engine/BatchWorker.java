package io.github.rtmjava.engine;

import io.github.rtmjava.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Takes batches from a queue and computes them until the queue is closed. */
record BatchWorker(SubmissionQueue queue, ModelRunner runner) implements Runnable {
  @Override
  public void run() {
    while (true) {
      List<Submission<?>> batch;
      try {
        batch = queue.take();
      } catch (InterruptedException e) {
        // Nobody ends this thread in this way: somebody's fill or read left it so.
        continue;
      }
      if (batch.isEmpty()) {
        return;
      }
      try {
        compute(batch);
      } finally {
        queue.done();
      }
    }
  }

  private void compute(List<Submission<?>> batch) {
    List<Submission<?>> filled = new ArrayList<>();
    List<Runnable> answers = new ArrayList<>();
    try {
      runner.runFilled(
          batch.stream().mapToInt(Submission::images).sum(),
          inputs -> fill(batch, inputs, filled),
          outputs -> read(filled, outputs, answers));
    } catch (RuntimeException | Error e) {
      batch.forEach(submission -> submission.fail(e));
    }
    answers.forEach(Runnable::run);
  }

  /** Those that fail leave their place to the next. */
  private static int fill(
      List<Submission<?>> batch, Map<String, Tensor> inputs, List<Submission<?>> filled) {
    int images = 0;
    for (Submission<?> submission : batch) {
      if (submission.fill(inputs, images)) {
        filled.add(submission);
        images += submission.images();
      }
    }
    return images;
  }

  private static void read(
      List<Submission<?>> filled, Map<String, Tensor> outputs, List<Runnable> answers) {
    int first = 0;
    for (Submission<?> submission : filled) {
      answers.add(submission.read(outputs, first));
      first += submission.images();
    }
  }
}
