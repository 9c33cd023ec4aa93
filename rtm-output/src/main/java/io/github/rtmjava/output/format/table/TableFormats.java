package io.github.rtmjava.output.format.table;

import io.github.rtmjava.output.format.BodyAngles;
import io.github.rtmjava.output.format.FileFormat;
import io.github.rtmjava.output.format.PoseFormat;
import io.github.rtmjava.output.format.PoseFormatProvider;
import java.util.List;

/**
 * Tables, arrays and curves: {@code csv}, {@code csv-wide}, {@code angles}, {@code plot}, {@code
 * npz}.
 */
public final class TableFormats implements PoseFormatProvider {
  @Override
  public List<PoseFormat> formats() {
    return List.of(
        FileFormat.file(
            "csv",
            "a row for each keypoint (pandas, spreadsheets)",
            ".csv",
            CsvWriter::ofKeypoints),
        FileFormat.file(
            "csv-wide",
            "a row for each person in each frame (pandas, spreadsheets)",
            ".wide.csv",
            CsvWriter::ofPeople),
        FileFormat.file(
                "angles",
                "joint and segment angles of the body (pandas, spreadsheets)",
                ".angles.csv",
                AngleCsv::new)
            .requiring(BodyAngles::requirement),
        FileFormat.files(
                "plot",
                "the same over time, a picture for each person (PNG)",
                "_<id>.angles.png",
                AnglePlot::new)
            .requiring(BodyAngles::requirement),
        FileFormat.tracks(
            "npz", "arrays of frames, people and keypoints (numpy)", ".npz", NpzFile::write));
  }
}
