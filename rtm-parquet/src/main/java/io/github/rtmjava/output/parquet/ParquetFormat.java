package io.github.rtmjava.output.parquet;

import io.github.rtmjava.output.format.PoseFormat;
import io.github.rtmjava.output.format.PoseWriter;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Parquet with a row for each keypoint: {@code frame}, {@code time_s}, {@code id}, {@code
 * interpolated}, {@code keypoint}, {@code x_px}, {@code y_px}, {@code score} and, where there is
 * depth, {@code x_m}, {@code y_m}, {@code z_m} in the frame that the file's metadata name ({@code
 * rtm.frame_3d}); in the frame {@code uvd} the first two of them are pixels. Whoever is not in a
 * frame has no rows there.
 */
public final class ParquetFormat implements PoseFormat {
  @Override
  public String id() {
    return "parquet";
  }

  @Override
  public String description() {
    return "a row for each keypoint (pandas, DuckDB, Spark)";
  }

  @Override
  public String files(String stem) {
    return stem + ".parquet";
  }

  @Override
  public boolean needs3d() {
    return false;
  }

  @Override
  public PoseWriter open(Recording recording, Path folder, String stem) throws IOException {
    return new ParquetWriter(recording, folder.resolve(files(stem)));
  }
}
