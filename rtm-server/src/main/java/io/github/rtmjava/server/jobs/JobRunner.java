package io.github.rtmjava.server.jobs;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.server.config.ServerLimits;
import io.github.rtmjava.server.load.Admission;
import io.github.rtmjava.server.metrics.ServerMetrics;
import io.github.rtmjava.server.model.ModelPool;
import io.github.rtmjava.server.model.ServedModel;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Problems;
import io.github.rtmjava.server.web.Reason;
import io.github.rtmjava.video.VideoException;
import io.github.rtmjava.video.VideoInfo;
import io.github.rtmjava.video.VideoReader;
import io.github.rtmjava.video.VideoSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

/** Computes one job, and keeps what has become of it. */
final class JobRunner {
  private static final long PATIENCE_MILLIS = 1000;

  private final ModelPool models;
  private final Admission admission;
  private final VideoFetch fetch;
  private final ServerLimits limits;
  private final ServerMetrics metrics;

  JobRunner(
      ModelPool models,
      Admission admission,
      VideoFetch fetch,
      ServerLimits limits,
      ServerMetrics metrics) {
    this.models = models;
    this.admission = admission;
    this.fetch = fetch;
    this.limits = limits;
    this.metrics = metrics;
  }

  /**
   * @throws ProblemException if the address may not be fetched
   */
  void requireAllowed(String url) {
    fetch.require(url);
  }

  /**
   * Checks, before anything is computed, that the model gives what is asked for.
   *
   * @throws ProblemException if it does not, or there is no such model
   */
  void requireFit(JobQuery query) throws IOException {
    try (ServedModel model = models.lease(query.model())) {
      Recording typical = model.inferencer().withOptions(query.people()).typicalRecording();
      Frame3d frame = query.recording().refining().frame();
      query.recording().refining().requireFit(typical);
      query.saved().requireFit(frame == null ? typical : typical.withFrame(frame));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Reason.UNREADABLE, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Looks at what a file says of itself.
   *
   * @throws ProblemException if it is no video, or its pictures are too large
   */
  void requireVideo(Path video, JobQuery query) {
    try (VideoReader reader =
        VideoReader.open(new VideoSource.File(video), query.recording().frames())) {
      VideoInfo info = reader.info();
      long pixels = (long) info.width() * info.height();
      if (pixels > limits.pixels()) {
        throw new ProblemException(
            Reason.TOO_LARGE,
            "expected a video with at most %s pixels in a picture, found %s; scale it down first"
                .formatted(limits.pixels(), pixels));
      }
    } catch (VideoException e) {
      throw problem(e, video, query);
    }
  }

  /** Computes a job to its end, whatever that is. */
  void run(Job job, JobStore store) {
    String id = job.id();
    try {
      JobEntry running = job.entry().running();
      store.save(running);
      job.set(running);
      compute(job, store);
      end(job, job.entry().ended(JobState.DONE), store);
    } catch (CancellationException e) {
      stopped(job, store);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      JobEntry entry = job.entry();
      end(job, entry.failed(JobState.FAILED, problem(e, store.video(id), job.query())), store);
    }
  }

  private void compute(Job job, JobStore store) throws IOException {
    JobQuery query = job.query();
    Path video = store.video(job.id());
    if (query.url() != null && !Files.exists(video)) {
      fetch.fetch(fetch.require(query.url()), video, job);
      requireVideo(video, query);
    }
    try (ServedModel model = lease(job)) {
      VideoPass pass =
          new VideoPass(
              query, video, store.folder(job.id()), store.files(job.id()), job, admission);
      pass.run(model.inferencer());
    }
  }

  /** Waits for memory, where models in use fill it. */
  private ServedModel lease(Job job) throws IOException {
    while (true) {
      job.requireGoingOn();
      try {
        return models.lease(job.query().model());
      } catch (ProblemException e) {
        if (e.retryAfter() == null) {
          throw e;
        }
      }
      try {
        job.await(PATIENCE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException();
      }
    }
  }

  private void stopped(Job job, JobStore store) {
    try {
      store.removeFiles(job.id());
      if (job.isCancelled()) {
        end(job, job.entry().ended(JobState.CANCELLED), store);
      } else {
        JobEntry again = job.entry().putBack();
        store.save(again);
        job.set(again);
      }
    } catch (IOException e) {
      // On the disk it is still running, and is taken up by the next service.
      job.set(job.entry().putBack());
    }
  }

  /** Keeps the end of a job; its video is not needed any more, nor are half files. */
  void end(Job job, JobEntry entry, JobStore store) {
    JobEntry ended = entry;
    try {
      Files.deleteIfExists(store.video(entry.id()));
      store.save(ended);
    } catch (IOException e) {
      ended =
          entry.failed(
              JobState.FAILED, new ProblemException(Reason.INTERNAL, "the disk refuses files"));
    }
    job.set(ended);
    metrics.count("rtm_jobs", "Videos that have ended, by state", "state", ended.state().id());
  }

  /** What is said of a failure, without the folders of this machine. */
  private static ProblemException problem(Throwable failure, Path video, JobQuery query) {
    if (failure instanceof VideoException || failure instanceof IllegalArgumentException) {
      String message = String.valueOf(failure.getMessage());
      return new ProblemException(
          Reason.UNREADABLE, message.replace(video.toString(), query.name()));
    }
    return Problems.of(failure);
  }
}
