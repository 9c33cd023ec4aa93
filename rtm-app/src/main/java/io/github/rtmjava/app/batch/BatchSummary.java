package io.github.rtmjava.app.batch;

import java.util.List;

/**
 * What a folder of results holds after a run.
 *
 * @param pictures with a row, of this run and of earlier ones
 * @param videos with rows, likewise
 * @param frames of these videos
 * @param now pictures and videos of this run
 * @param people in all pictures
 * @param failed pictures and videos with an error
 * @param problems a line for each of the first of these
 * @param missing names that lead to nothing
 */
public record BatchSummary(
    long pictures,
    long videos,
    long frames,
    long now,
    long people,
    long failed,
    List<String> problems,
    List<String> missing) {
  public BatchSummary {
    problems = List.copyOf(problems);
    missing = List.copyOf(missing);
  }
}
