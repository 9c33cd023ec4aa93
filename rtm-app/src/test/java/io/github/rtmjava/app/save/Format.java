package io.github.rtmjava.app.save;

import static io.github.rtmjava.app.save.Format.Needs.BODY;
import static io.github.rtmjava.app.save.Format.Needs.DEPTH;
import static io.github.rtmjava.app.save.Format.Needs.DEPTH_AND_BODY;
import static io.github.rtmjava.app.save.Format.Needs.NOTHING;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * What is known of one format.
 *
 * @param picture the files of a picture, # for each person's number
 * @param video the same of a video; empty where it has none
 * @param needs what a model must give
 * @param points how many it has of each person
 * @param reader of its files
 * @param says what they can say
 */
record Format(
    List<String> picture,
    List<String> video,
    Needs needs,
    ToIntFunction<Kind> points,
    Reader reader,
    Set<Says> says) {
  private static final Set<Says> ALL = EnumSet.complementOf(EnumSet.of(Says.TRACK));

  /** Of people who are followed alone they say who is who. */
  private static final Set<Says> FOLLOWED = EnumSet.complementOf(EnumSet.of(Says.PERSON));

  /** All formats by name. */
  static Map<String, Format> all() {
    Map<String, Format> all = new TreeMap<>();
    List<String> lines = List.of("in.jsonl", "in.smooth.jsonl");
    all.put("json", row("in.json", lines, JsonFiles::own, FOLLOWED));
    all.put("overlay", row("in.png", List.of("in.mp4"), DrawnFiles::overlay, Set.of(Says.TIME)));
    all.put("sheet", row("sheet_01.png", List.of(), DrawnFiles::sheet, Set.of()));
    all.put("viewer", row("in.html", DrawnFiles::viewer, ALL));
    all.put("mmpose", row("in.mmpose.json", JsonFiles::mmpose, but(FOLLOWED, Says.TIME)));
    all.put(
        "mmpose-demo", row("in.mmpose-demo.json", JsonFiles::mmposeDemo, but(FOLLOWED, Says.TIME)));
    all.put("coco", row("in.coco.json", JsonFiles::coco, but(FOLLOWED, Says.TIME, Says.SPACE)));
    all.put(
        "openpose",
        row("in_json", NOTHING, Kind::openPose, JsonFiles::openPose, but(FOLLOWED, Says.TIME)));
    all.put("csv", row("in.csv", TableFiles::csv, ALL));
    all.put("csv-wide", row("in.wide.csv", TableFiles::wide, ALL));
    all.put("parquet", row("in.parquet", TableFiles::parquet, ALL));
    all.put("npz", row("in.npz", MotionFiles::npz, ALL));
    all.put("angles", row("in.angles.csv", BODY, Kind::angles, TableFiles::angles, ALL));
    all.put(
        "plot", row("in_#.angles.png", BODY, Kind::angles, DrawnFiles::plot, Set.of(Says.PERSON)));
    all.put("mot", row("in_#.mot", BODY, Kind::angles, TableFiles::mot, but(ALL, Says.FRAME)));
    all.put("trc", row("in_#.trc", DEPTH, Kind::keypoints, TableFiles::trc, ALL));
    all.put("c3d", row("in_#.c3d", DEPTH, Kind::keypoints, MotionFiles::c3d, but(ALL, Says.TIME)));
    all.put(
        "bvh",
        row(
            "in_#.bvh",
            DEPTH_AND_BODY,
            Kind::bones,
            MotionFiles::bvh,
            but(ALL, Says.FRAME, Says.TIME, Says.ABSENCE)));
    all.put(
        "glb", row("in.glb", DEPTH_AND_BODY, Kind::bones, MotionFiles::glb, but(ALL, Says.FRAME)));
    return all;
  }

  /** What a model must give. */
  enum Needs {
    NOTHING,
    DEPTH,
    BODY,
    DEPTH_AND_BODY
  }

  /** Reads what there is. */
  interface Reader {
    Contents read(Results results) throws IOException;
  }

  private static Format row(String file, Reader reader, Set<Says> says) {
    return row(file, NOTHING, Kind::keypoints, reader, says);
  }

  private static Format row(String picture, List<String> video, Reader reader, Set<Says> says) {
    return new Format(List.of(picture), video, NOTHING, Kind::keypoints, reader, says);
  }

  private static Format row(
      String file, Needs needs, ToIntFunction<Kind> points, Reader reader, Set<Says> says) {
    return new Format(List.of(file), List.of(file), needs, points, reader, says);
  }

  private static Set<Says> but(Set<Says> all, Says... without) {
    Set<Says> rest = EnumSet.copyOf(all);
    rest.removeAll(Set.of(without));
    return rest;
  }

  /** What the command says where there can be nothing to write; empty where there can. */
  String refusal(String name, Kind kind, Situation of) {
    if (of.video() && video.isEmpty()) {
      return "expected as --save something of videos, found sheet alone, which shows pictures;"
          + " add overlay or json";
    }
    if (!kind.space() && (needs == DEPTH || needs == DEPTH_AND_BODY)) {
      return ("--save %s holds 3D keypoints, which the model %s does not give; take a model with"
              + " depth, or another format, for example csv")
          .formatted(name, kind.name());
    }
    if (kind.bones() == 0 && (needs == BODY || needs == DEPTH_AND_BODY)) {
      return ("--save %s holds %s of the body, which the keypoints coco_wholebody_hand do not give;"
              + " take a model of bodies")
          .formatted(name, needs == BODY ? "angles" : "bones");
    }
    return "";
  }

  /** Names of the files that there are. */
  List<String> files(Situation of) {
    List<String> names = new ArrayList<>();
    for (String file : of.video() ? video : picture) {
      if (file.contains("#")) {
        of.people().keySet().forEach(id -> names.add(file.replace("#", String.valueOf(id))));
      } else {
        names.add(file);
      }
    }
    return names.stream().sorted().toList();
  }

  /** What it can say of this. */
  Set<Says> says(Situation of) {
    if (!of.video() || !says.contains(Says.TRACK)) {
      return says;
    }
    Set<Says> all = EnumSet.copyOf(says);
    all.add(Says.PERSON);
    return all;
  }
}
