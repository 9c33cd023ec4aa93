package io.github.rtmjava.app;

import io.github.rtmjava.app.batch.BatchNews;

/** Tells on a terminal how far a batch is; lines may hold names of a stranger's files. */
record BatchProgress(Progress progress) implements BatchNews, AutoCloseable {
  @Override
  public void note(String line) {
    progress.note(Errors.line(line));
  }

  void problem(String line) {
    progress.problem(Errors.line(line));
  }

  void result(String line) {
    progress.result(Errors.line(line));
  }

  @Override
  public void begin(long pictures) {
    progress.begin("pictures", pictures, Progress.Unit.PICTURES_AND_RATE);
  }

  @Override
  public void beginVideos(String which, long frames) {
    progress.begin(which, frames, Progress.Unit.FRAMES);
  }

  @Override
  public void stepTo(long count, long failed) {
    progress.stepTo(count, failed == 0 ? "" : failed + " failed");
  }

  @Override
  public void close() {
    progress.close();
  }
}
