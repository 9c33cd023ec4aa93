package io.github.rtmjava.output.format;

import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The formats of this module. */
enum BuiltInFormat implements PoseFormat {
  MMPOSE("mmpose's predictions, frames from 0 (MMPoseInferencer)", ".mmpose.json", false) {
    @Override
    PoseWriter start(Recording recording, Path folder, String stem, SharedTracks tracks)
        throws IOException {
      return MmposeWriter.inferencer(recording, file(folder, stem));
    }
  },
  MMPOSE_DEMO("mmpose's predictions, frames from 1 (its demos)", ".mmpose-demo.json", false) {
    @Override
    PoseWriter start(Recording recording, Path folder, String stem, SharedTracks tracks)
        throws IOException {
      return MmposeWriter.demo(recording, file(folder, stem));
    }
  },
  COCO("COCO's results (pycocotools, xtcocotools, CVAT)", ".coco.json", false) {
    @Override
    PoseWriter start(Recording recording, Path folder, String stem, SharedTracks tracks)
        throws IOException {
      return new CocoWriter(recording, file(folder, stem));
    }
  },
  OPENPOSE(
      "OpenPose's JSON, a file per frame (Pose2Sim, ControlNet)",
      "_json/",
      "_json/%s_<frame>_keypoints.json",
      false) {
    @Override
    PoseWriter start(Recording recording, Path folder, String stem, SharedTracks tracks)
        throws IOException {
      return new OpenPoseWriter(recording, file(folder, stem), stem);
    }
  },
  CSV("a row for each keypoint (pandas, spreadsheets)", ".csv", false) {
    @Override
    PoseWriter start(Recording recording, Path folder, String stem, SharedTracks tracks)
        throws IOException {
      return CsvWriter.ofKeypoints(recording, file(folder, stem));
    }
  },
  CSV_WIDE("a row for each person in each frame (pandas, spreadsheets)", ".wide.csv", false) {
    @Override
    PoseWriter start(Recording recording, Path folder, String stem, SharedTracks tracks)
        throws IOException {
      return CsvWriter.ofPeople(recording, file(folder, stem));
    }
  },
  ANGLES("joint and segment angles of the body (pandas, spreadsheets)", ".angles.csv", false) {
    @Override
    public Optional<String> requirement(Recording recording) {
      return BodyAngles.requirement(id(), recording);
    }

    @Override
    PoseWriter start(Recording recording, Path folder, String stem, SharedTracks tracks)
        throws IOException {
      return new AngleCsv(recording, file(folder, stem));
    }
  },
  PLOT("the same over time, a picture for each person (PNG)", "_<id>.angles.png", false) {
    @Override
    public Optional<String> requirement(Recording recording) {
      return BodyAngles.requirement(id(), recording);
    }

    @Override
    PoseWriter start(Recording recording, Path folder, String stem, SharedTracks tracks)
        throws IOException {
      return new AnglePlot(recording, folder, stem);
    }
  },
  TRC("markers, a file for each person (OpenSim)", "_<id>.trc", true) {
    @Override
    PoseWriter start(Recording recording, Path folder, String stem, SharedTracks tracks)
        throws IOException {
      return new TrackWriter(tracks, stem, TrcFile::write);
    }
  },
  C3D("points, a file for each person (Visual3D, Vicon, Mokka, ezc3d)", "_<id>.c3d", true) {
    @Override
    PoseWriter start(Recording recording, Path folder, String stem, SharedTracks tracks)
        throws IOException {
      return new TrackWriter(tracks, stem, C3dFile::write);
    }
  },
  NPZ("arrays of frames, people and keypoints (numpy)", ".npz", false) {
    @Override
    PoseWriter start(Recording recording, Path folder, String stem, SharedTracks tracks)
        throws IOException {
      return new TrackWriter(tracks, stem, NpzFile::write);
    }
  },
  MOT("angles in degrees, a file for each person (OpenSim)", "_<id>.mot", false) {
    @Override
    public Optional<String> requirement(Recording recording) {
      return BodyAngles.requirement(id(), recording);
    }

    @Override
    PoseWriter start(Recording recording, Path folder, String stem, SharedTracks tracks)
        throws IOException {
      return new TrackWriter(tracks, stem, MotFile::write);
    }
  },
  BVH("turning bones, a file for each person (Blender, MotionBuilder)", "_<id>.bvh", true) {
    @Override
    public Optional<String> requirement(Recording recording) {
      return super.requirement(recording).or(() -> Rig.requirement(id(), recording));
    }

    @Override
    PoseWriter start(Recording recording, Path folder, String stem, SharedTracks tracks)
        throws IOException {
      return new TrackWriter(tracks, stem, BvhFile::write);
    }
  },
  GLB("a skeleton that bends for each person (Blender, Unity, the web)", ".glb", true) {
    @Override
    public Optional<String> requirement(Recording recording) {
      return super.requirement(recording).or(() -> Rig.requirement(id(), recording));
    }

    @Override
    PoseWriter start(Recording recording, Path folder, String stem, SharedTracks tracks)
        throws IOException {
      return new TrackWriter(tracks, stem, GlbFile::write);
    }
  };

  private final String description;
  private final String ending;
  private final String pattern;
  private final boolean needs3d;

  BuiltInFormat(String description, String ending, boolean needs3d) {
    this(description, ending, ending, needs3d);
  }

  BuiltInFormat(String description, String ending, String pattern, boolean needs3d) {
    this.description = description;
    this.ending = ending;
    this.pattern = pattern;
    this.needs3d = needs3d;
  }

  abstract PoseWriter start(Recording recording, Path folder, String stem, SharedTracks tracks)
      throws IOException;

  Path file(Path folder, String stem) {
    return folder.resolve(stem + ending);
  }

  @Override
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public String files(String stem) {
    return stem + pattern.replace("%s", stem);
  }

  @Override
  public boolean needs3d() {
    return needs3d;
  }

  @Override
  public Optional<String> requirement(Recording recording) {
    return needs3d ? Depth.requirement(id(), recording) : Optional.empty();
  }

  @Override
  public PoseWriter open(Recording recording, Path folder, String stem) throws IOException {
    return open(recording, folder, stem, new SharedTracks(recording, folder));
  }

  /** The same, where several formats of the recording keep its frames together. */
  PoseWriter open(Recording recording, Path folder, String stem, SharedTracks tracks)
      throws IOException {
    PoseFormats.require(this, recording);
    return start(recording, folder, stem, tracks);
  }
}
