package io.github.rtmjava.app;

import io.github.rtmjava.app.batch.BatchEngine;
import io.github.rtmjava.app.batch.BatchJob;
import io.github.rtmjava.app.batch.BatchNews;
import io.github.rtmjava.app.batch.BatchSummary;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Picture;
import io.github.rtmjava.image.PictureSearch;
import io.github.rtmjava.output.format.json.JsonWriter;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose3d.PoseInferencer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A batch without Spark: writes what {@code rtm infer --save json} would, and says the rest. */
public final class PlainBatch implements BatchEngine {
  private static final int BATCH = 8;

  @Override
  public BatchSummary run(BatchJob job, BatchNews news) throws IOException {
    news.note("master: " + job.master());
    news.note("format: " + job.format());
    news.note("by content: " + job.byContent());
    news.note("retry failed: " + job.retryFailed());
    Path folder = Files.createDirectories(Path.of(job.output()));
    PictureSearch search = PictureSearch.of(job.inputs());
    int size = job.batchSize() == null ? BATCH : job.batchSize();
    int people = 0;
    List<Picture> pictures = search.pictures();
    try (PoseInferencer inferencer = job.config().open()) {
      for (int i = 0; i < pictures.size(); i += size) {
        List<Picture> group = pictures.subList(i, Math.min(pictures.size(), i + size));
        List<Image> images = new ArrayList<>();
        for (Picture picture : group) {
          images.add(picture.read());
        }
        List<PoseResult> results = inferencer.predict(images);
        for (int k = 0; k < group.size(); k++) {
          PoseResult result = results.get(k);
          people += result.size();
          String stem = group.get(k).fileName().replaceFirst("\\.[^.]*$", "");
          JsonWriter.write(
              job.frame() == null ? result : result.in(job.frame()),
              group.get(k).fileName(),
              folder.resolve(stem + ".json"));
        }
      }
    }
    return new BatchSummary(
        pictures.size(), pictures.size(), people, 0, List.of(), search.problems());
  }
}
