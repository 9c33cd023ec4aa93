package io.github.rtmjava.server.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** A video that is worked on, or was. May be used by several threads at once. */
final class Job implements JobProgress {
  private static final int MOST_REMARKS = 20;

  private final JobQuery query;
  private JobEntry entry;
  private long expected;
  private long frames;
  private long people;
  private long since;
  private final List<String> remarks = new ArrayList<>();
  private long changes;
  private boolean cancelled;
  private boolean interrupted;

  Job(JobEntry entry, JobQuery query) {
    this.entry = entry;
    this.query = query;
  }

  String id() {
    return entry().id();
  }

  JobQuery query() {
    return query;
  }

  /** What is kept of it, with how far it is. */
  synchronized JobEntry entry() {
    return entry.state() == JobState.RUNNING
        ? entry.with(frames, people, (System.nanoTime() - since) / 1e9, List.copyOf(remarks))
        : entry;
  }

  /** How many frames there are, as far as the video says; 0 where it does not. */
  synchronized long expected() {
    return expected;
  }

  synchronized void set(JobEntry other) {
    if (other.state() == JobState.RUNNING) {
      since = System.nanoTime();
      frames = 0;
      people = 0;
      remarks.clear();
    }
    entry = other;
    changes++;
    notifyAll();
  }

  /** Asks it to stop for good. */
  synchronized void cancel() {
    cancelled = true;
    changes++;
    notifyAll();
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }

  /** Asks it to stop where it is, because the service ends. */
  synchronized void interrupt() {
    interrupted = true;
    changes++;
    notifyAll();
  }

  /** Waits for a while, or until something has happened. */
  synchronized void await(long millis) throws InterruptedException {
    long seen = changes;
    long end = System.nanoTime() + millis * 1_000_000;
    for (long left = millis; changes == seen && left > 0; ) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
  }

  @Override
  public synchronized void expect(long count) {
    expected = count;
  }

  @Override
  public synchronized void step(int found) {
    frames++;
    people += found;
    changes++;
    notifyAll();
  }

  @Override
  public synchronized void remark(String line) {
    if (remarks.size() < MOST_REMARKS) {
      remarks.add(line);
    }
  }

  @Override
  public synchronized void requireGoingOn() {
    if (cancelled || interrupted) {
      throw new CancellationException();
    }
  }
}
