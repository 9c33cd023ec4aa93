package io.github.rtmjava.app.batch;

import java.io.IOException;

/** Works through an archive; named in {@code META-INF/services}. */
public interface BatchEngine {
  /**
   * Does what is not done yet. What is there when it is broken off stays, and is not done again.
   *
   * @throws IOException if there is nothing to do it with, or nothing can be written; a picture
   *     that cannot be read is none of that
   */
  BatchSummary run(BatchJob job, BatchNews news) throws IOException;
}
