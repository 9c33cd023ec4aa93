package io.github.rtmjava.server.jobs;

import io.github.rtmjava.server.config.ServerLimits;
import io.github.rtmjava.server.config.ServerOptions;
import io.github.rtmjava.server.load.Admission;
import io.github.rtmjava.server.metrics.ServerMetrics;
import io.github.rtmjava.server.model.ModelPool;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of a service: those that wait, the few that are computed at a time, and those that have
 * ended, until their files are too old. Each change of a job's state is on the disk before anybody
 * hears of it; what ran when a service was killed begins anew with the next one, once.
 *
 * <p>May be used by several threads at once.
 */
public final class Jobs implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ID_BYTES = 16;
  private static final Duration LATER = Duration.ofSeconds(10);

  /** Begun so often without an end, a job is taken for what kills the service. */
  private static final int MOST_BEGINNINGS = 2;

  /** How often it is looked whether files are too old. */
  private static final long SWEEP_MILLIS = 60_000;

  private static final long LAST_WAIT_MILLIS = 10_000;

  private final ServerOptions options;
  private final ServerLimits limits;
  private final JobRunner runner;
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final Map<String, Long> sizes = new HashMap<>();
  private final Deque<Job> queue = new ArrayDeque<>();
  private final List<Thread> threads = new ArrayList<>();
  private @Nullable JobStore store;
  private int arriving;
  private int running;
  private boolean closed;

  /** The jobs of a service, with none yet, see {@link #open} and {@link #start}. */
  public Jobs(ServerOptions options, ModelPool models, Admission admission, ServerMetrics metrics) {
    this.options = options;
    this.limits = options.limits();
    this.runner =
        new JobRunner(
            models, admission, new VideoFetch(options.urls(), limits.jobBytes()), limits, metrics);
    metrics.gauge("rtm_jobs_waiting", "Videos that wait", this::waiting);
    metrics.gauge("rtm_jobs_running", "Videos that are computed", this::running);
  }

  private synchronized int waiting() {
    return queue.size();
  }

  private synchronized int running() {
    return running;
  }

  /**
   * Takes up what an earlier service left in the folder.
   *
   * @throws IOException if the folder cannot be used
   */
  public synchronized void open() throws IOException {
    if (options.jobs() != null) {
      JobStore opened = JobStore.open(options.jobs());
      store = opened;
      for (JobEntry entry : opened.load()) {
        takeUp(entry, opened);
      }
    }
  }

  /** Begins to work. */
  public synchronized void start() {
    for (int i = 1; i <= limits.jobsAtOnce(); i++) {
      Thread thread = new Thread(this::work, "rtm job " + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  private void takeUp(JobEntry entry, JobStore from) throws IOException {
    JobQuery query;
    try {
      query = JobQuery.of(entry.query());
    } catch (ProblemException e) {
      // Another version took it in, which knew other parameters.
      from.remove(entry.id());
      return;
    }
    if (entry.state().ended()) {
      jobs.put(entry.id(), new Job(entry, query));
      return;
    }
    from.removeFiles(entry.id());
    JobEntry next =
        entry.begun() < MOST_BEGINNINGS
            ? entry.waitingAgain()
            : entry.failed(
                JobState.CUT_OFF,
                new ProblemException(
                    Reason.UNAVAILABLE,
                    "the service ended in the midst of it, more than once; try it in parts"));
    from.save(next);
    Job job = new Job(next, query);
    jobs.put(next.id(), job);
    if (next.state().ended()) {
      Files.deleteIfExists(from.video(next.id()));
    } else {
      queue.add(job);
    }
  }

  /** The folder, made when the first job needs it. */
  private JobStore store() throws IOException {
    JobStore opened = store;
    if (opened == null) {
      opened = JobStore.open(options.jobs());
      store = opened;
    }
    return opened;
  }

  /**
   * Takes a video in.
   *
   * @param query what is asked for
   * @param values the same by names
   * @param arrival writes the video to a file
   * @throws ProblemException if too many are there, or the video is none
   */
  Job add(JobQuery query, Map<String, List<String>> values, Arrival arrival) throws IOException {
    if (query.url() != null) {
      runner.requireAllowed(query.url());
    }
    runner.requireFit(query);
    byte[] random = new byte[ID_BYTES];
    RANDOM.nextBytes(random);
    String id = HexFormat.of().formatHex(random);
    JobStore into;
    synchronized (this) {
      sweep();
      if (closed) {
        throw new ProblemException(Reason.UNAVAILABLE, "the service is about to end");
      }
      if (queue.size() + running + arriving >= limits.jobs()) {
        throw new ProblemException(
            Reason.QUEUE_FULL,
            "%s videos are waiting or computed, which is all that may; try again later"
                .formatted(limits.jobs()),
            LATER);
      }
      into = store();
      arriving++;
    }
    boolean arrived = false;
    try {
      Files.createDirectories(into.folder(id));
      if (query.url() == null) {
        arrival.writeTo(into.video(id));
        runner.requireVideo(into.video(id), query);
      }
      Job job = new Job(JobEntry.waiting(id, values), query);
      synchronized (this) {
        into.save(job.entry());
        jobs.put(id, job);
        queue.add(job);
        arrived = true;
        notifyAll();
      }
      return job;
    } finally {
      synchronized (this) {
        arriving--;
      }
      if (!arrived) {
        into.remove(id);
      }
    }
  }

  /** Brings a video into a file. */
  interface Arrival {
    void writeTo(Path file) throws IOException;
  }

  /** All of them, in the order in which they were taken in. */
  synchronized List<Job> all() throws IOException {
    sweep();
    return List.copyOf(jobs.values());
  }

  /**
   * A job.
   *
   * @throws ProblemException if there is none of that id, or not any more
   */
  synchronized Job of(String id) throws IOException {
    sweep();
    Job job = jobs.get(id);
    if (job == null) {
      throw new ProblemException(
          Reason.NOT_FOUND, "expected the id of a job, found none of it, or none any more");
    }
    return job;
  }

  /** The folder of a job's results. */
  synchronized Path files(Job job) throws IOException {
    return store().files(job.id());
  }

  /**
   * Cancels a job that waits or is computed, and removes one that has ended.
   *
   * @return whether it is removed
   */
  synchronized boolean end(Job job) throws IOException {
    if (job.entry().state().ended()) {
      jobs.remove(job.id());
      sizes.remove(job.id());
      store().remove(job.id());
      return true;
    }
    job.cancel();
    if (queue.remove(job)) {
      runner.end(job, job.entry().ended(JobState.CANCELLED), store());
    }
    return false;
  }

  /** Removes what has ended too long ago, and what there is no room for beside what ended later. */
  private void sweep() throws IOException {
    Instant oldest = Instant.now().minus(limits.jobAge());
    long bytes = 0;
    boolean last = true;
    for (Job job : endedLastFirst()) {
      bytes += bytes(job);
      if (endOf(job).isBefore(oldest) || (bytes > limits.resultsBytes() && !last)) {
        jobs.remove(job.id());
        sizes.remove(job.id());
        store().remove(job.id());
      }
      last = false;
    }
  }

  private List<Job> endedLastFirst() {
    return jobs.values().stream()
        .filter(job -> job.entry().state().ended())
        .sorted(Comparator.comparing(Jobs::endOf).reversed())
        .toList();
  }

  private static Instant endOf(Job job) {
    String ended = job.entry().ended();
    return ended == null ? Instant.MAX : Instant.parse(ended);
  }

  /** Of the results of a job that has ended, which do not change any more. */
  private long bytes(Job job) throws IOException {
    Long known = sizes.get(job.id());
    if (known == null) {
      known = store().bytes(job.id());
      sizes.put(job.id(), known);
    }
    return known;
  }

  private void work() {
    while (true) {
      Job job;
      JobStore from;
      synchronized (this) {
        job = next();
        if (job == null) {
          return;
        }
        from = store;
        running++;
      }
      try {
        if (from != null) {
          runner.run(job, from);
        }
      } finally {
        synchronized (this) {
          running--;
          notifyAll();
          sweepIfPossible();
        }
      }
    }
  }

  /** Waits for one; null when there are to be no more. */
  private synchronized @Nullable Job next() {
    try {
      while (queue.isEmpty() && !closed) {
        wait(SWEEP_MILLIS);
        sweepIfPossible();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
    return closed ? null : queue.poll();
  }

  /** The monitor is the caller's. */
  private void sweepIfPossible() {
    if (store == null) {
      return;
    }
    try {
      sweep();
    } catch (IOException e) {
      // What cannot be removed now is tried again later.
    }
  }

  /**
   * Takes nothing in any more. What outlives the service is left to the next one; otherwise it
   * waits for what was taken in.
   *
   * @return whether nothing is lost
   */
  public synchronized boolean drain(Duration patience) throws InterruptedException {
    if (options.jobs() != null) {
      return true;
    }
    long end = System.nanoTime() + patience.toNanos();
    while (!queue.isEmpty() || running > 0 || arriving > 0) {
      long millis = (end - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        return false;
      }
      wait(millis);
    }
    return true;
  }

  /** Stops what is computed, which is begun with anew by the next service of the same folder. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      jobs.values().forEach(Job::interrupt);
      notifyAll();
    }
    for (Thread thread : threads) {
      try {
        thread.join(LAST_WAIT_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    JobStore opened;
    synchronized (this) {
      opened = store;
      store = null;
    }
    if (opened != null) {
      try {
        opened.close();
      } catch (IOException e) {
        // What is left of a temporary folder is the system's to clear.
      }
    }
  }
}
