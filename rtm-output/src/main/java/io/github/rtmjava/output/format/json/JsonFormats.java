package io.github.rtmjava.output.format.json;

import io.github.rtmjava.output.format.FileFormat;
import io.github.rtmjava.output.format.PoseFormat;
import io.github.rtmjava.output.format.PoseFormatProvider;
import java.util.List;

/** Other programs' JSON: {@code mmpose}, {@code mmpose-demo}, {@code coco}, {@code openpose}. */
public final class JsonFormats implements PoseFormatProvider {
  @Override
  public List<PoseFormat> formats() {
    return List.of(
        FileFormat.file(
            "mmpose",
            "mmpose's predictions, frames from 0 (MMPoseInferencer)",
            ".mmpose.json",
            MmposeWriter::inferencer),
        FileFormat.file(
            "mmpose-demo",
            "mmpose's predictions, frames from 1 (its demos)",
            ".mmpose-demo.json",
            MmposeWriter::demo),
        FileFormat.file(
            "coco",
            "COCO's results (pycocotools, xtcocotools, CVAT)",
            ".coco.json",
            CocoWriter::new),
        FileFormat.files(
            "openpose",
            "OpenPose's JSON, a file per frame (Pose2Sim, ControlNet)",
            "_json/%s_<frame>_keypoints.json",
            (recording, folder, stem) ->
                new OpenPoseWriter(recording, folder.resolve(stem + "_json"), stem)));
  }
}
