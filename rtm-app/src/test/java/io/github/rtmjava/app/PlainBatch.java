package io.github.rtmjava.app;

import io.github.rtmjava.app.batch.BatchEngine;
import io.github.rtmjava.app.batch.BatchJob;
import io.github.rtmjava.app.batch.BatchNews;
import io.github.rtmjava.app.batch.BatchSummary;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.MediaSearch;
import io.github.rtmjava.image.Picture;
import io.github.rtmjava.motion.refine.RefineOptions;
import io.github.rtmjava.motion.space.WorldPose;
import io.github.rtmjava.output.format.json.JsonWriter;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.pose3d.Followed;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.recording.RecordedFrames;
import io.github.rtmjava.recording.RecordingOptions;
import io.github.rtmjava.recording.RecordingResults;
import io.github.rtmjava.recording.ResultPart;
import io.github.rtmjava.recording.ResultTarget;
import io.github.rtmjava.video.VideoInfo;
import io.github.rtmjava.video.VideoReader;
import io.github.rtmjava.video.VideoSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A batch without Spark: writes what {@code rtm infer --save json} would, and says the rest. */
public final class PlainBatch implements BatchEngine {
  private static final int BATCH = 8;

  @Override
  public BatchSummary run(BatchJob job, BatchNews news) throws IOException {
    news.note("master: " + job.master());
    news.note("format: " + job.format());
    news.note("by content: " + job.byContent());
    news.note("retry failed: " + job.retryFailed());
    news.note("segment: " + job.segment());
    Path folder = Files.createDirectories(Path.of(job.output()));
    MediaSearch search = MediaSearch.of(job.inputs());
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
        List<PoseResult> results =
            job.boxes().isEmpty()
                ? inferencer.predict(images)
                : images.stream().map(each -> inferencer.predict(each, job.boxes())).toList();
        for (int k = 0; k < group.size(); k++) {
          people += results.get(k).size();
          JsonWriter.write(
              framed(results.get(k), job.recording().refining()),
              group.get(k).fileName(),
              folder.resolve(stem(group.get(k).fileName()) + ".json"));
        }
      }
      for (Path video : search.videos()) {
        watch(video, inferencer, job, folder);
      }
    }
    return new BatchSummary(
        pictures.size(),
        search.videos().size(),
        0,
        pictures.size() + search.videos().size(),
        people,
        0,
        List.of(),
        search.problems());
  }

  private static PoseResult framed(PoseResult result, RefineOptions refining) {
    if (refining.world() != null && refining.frame() == Frame3d.WORLD) {
      return refining.world().apply(result);
    }
    return refining.frame() == null ? result : result.in(refining.frame());
  }

  private static String stem(String name) {
    return name.replaceFirst("\\.[^.]*$", "");
  }

  private static void watch(Path file, PoseInferencer inferencer, BatchJob job, Path folder)
      throws IOException {
    RecordingOptions options = job.recording();
    String stem = stem(String.valueOf(file.getFileName()));
    VideoSource source = new VideoSource.File(file);
    try (VideoReader video = VideoReader.open(source, options.frames());
        Stream<Followed> all =
            inferencer.follow(
                video.frames(),
                options.following().withEverybody(options.single()),
                job.boxes().isEmpty() ? null : image -> job.boxes())) {
      VideoInfo info = video.info();
      Recording recording =
          inferencer.recording(
              info.name(), info.width(), info.height(), info.frameRate(), info.frames());
      try (RecordedFrames frames =
          RecordedFrames.begin(
              folder, recording, options, /* live= */ false, folder.resolve(stem + ".jsonl"))) {
        for (Iterator<Followed> each = all.iterator(); each.hasNext(); ) {
          frames.add(each.next().poses());
        }
        ResultTarget target =
            new ResultTarget(folder, stem, Set.of(ResultPart.JSON), List.of(), null);
        new RecordingResults(options, source, folder, target)
            .write(recording, frames.complete(() -> {}), new Silent());
      }
    }
  }

  private static final class Silent implements RecordingResults.Listener {
    @Override
    public void begin(Optional<WorldPose> world, int frames) {}

    @Override
    public void step() {}
  }
}
