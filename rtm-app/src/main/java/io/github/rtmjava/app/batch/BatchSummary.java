package io.github.rtmjava.app.batch;

import java.util.List;

/**
 * What a folder of results holds after a run.
 *
 * @param pictures with a row, of this run and of earlier ones
 * @param now pictures of this run
 * @param people in all of them
 * @param failed pictures with an error
 * @param problems a line for each of the first of these
 * @param missing names that lead to nothing
 */
public record BatchSummary(
    long pictures,
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
