package io.github.rtmjava.server.jobs;

import io.github.rtmjava.server.web.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a job on the disk.
 *
 * @param id 32 hexadecimal digits that nobody can guess
 * @param query what was asked for, by names
 * @param state what has become of it
 * @param begun how often it was begun with
 * @param created when it was taken in, ISO 8601
 * @param ended when nothing more came of it, ISO 8601; null before
 * @param frames that were looked at
 * @param people how often somebody was found
 * @param seconds that it took
 * @param remarks on the video, one line each
 * @param reason of a failure; null for none
 * @param error what is said of it; null for none
 */
record JobEntry(
    String id,
    Map<String, List<String>> query,
    JobState state,
    int begun,
    String created,
    @Nullable String ended,
    long frames,
    long people,
    double seconds,
    List<String> remarks,
    @Nullable String reason,
    @Nullable String error) {
  /** One that waits. */
  static JobEntry waiting(String id, Map<String, List<String>> query) {
    return new JobEntry(
        id,
        query,
        JobState.WAITING,
        0,
        Instant.now().toString(),
        null,
        0,
        0,
        0,
        List.of(),
        null,
        null);
  }

  /** The same while it is computed. */
  JobEntry running() {
    return in(JobState.RUNNING, begun + 1, null, null);
  }

  /** The same before it is computed once more. */
  JobEntry waitingAgain() {
    return in(JobState.WAITING, begun, null, null);
  }

  /** The same where its computing was stopped for no fault of its own. */
  JobEntry putBack() {
    return in(JobState.WAITING, begun - 1, null, null);
  }

  /** The same once nothing more comes of it. */
  JobEntry ended(JobState how) {
    return in(how, begun, Instant.now().toString(), null);
  }

  /** The same once it has failed. */
  JobEntry failed(JobState how, ProblemException problem) {
    return in(how, begun, Instant.now().toString(), problem);
  }

  /** The same with what was found. */
  JobEntry with(long frameCount, long peopleCount, double time, List<String> lines) {
    return new JobEntry(
        id,
        query,
        state,
        begun,
        created,
        ended,
        frameCount,
        peopleCount,
        time,
        lines,
        reason,
        error);
  }

  private JobEntry in(
      JobState other, int times, @Nullable String end, @Nullable ProblemException problem) {
    return new JobEntry(
        id,
        query,
        other,
        times,
        created,
        end,
        frames,
        people,
        seconds,
        remarks,
        problem == null ? null : problem.reason().id(),
        problem == null ? null : problem.detail());
  }
}
