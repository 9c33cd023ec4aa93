package io.github.rtmjava.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The page {@code docs/models.md}, made from the manifest. */
final class ModelsPage {
  private static final String INTRODUCTION =
      """
      # Models

      *`models/page` makes this page from the manifest, [zoo.json](../models/src/main/resources/io/github/rtmjava/models/zoo.json); a test fails when it is out of date.*

      Every model is fetched by name when it is first used, or with `./rtm models pull NAME`; `./rtm models info NAME` says all that is known of it. Besides its name and the other names below, a model is called by OpenMMLab's configuration or file. A name without a size means 256x192 for t, s and m, and 384x288 for l and x, as mmpose's own `rtmpose-l` does.

      - *input* is height x width in pixels, as in OpenMMLab's names. *MACs* are multiplications with additions for one input, which upstream calls FLOPs. *File* is about how large the `.pth` file is; † means that no SHA-256 of it is published: it is reported as unverified, and has to stay the same.
      - *Published* is what the makers say, by the number of the source at the end; parameters and MACs with * are ours, counted layer by layer. Pose APs, except those of RTMW3D and RTMO, were measured with flip test (`--flip-test`) and with prepared boxes of people; `./rtm eval` computes such figures from your copy of the data.
      - *Licence* is that of the file. The data sets that it was trained on have terms of their own.
      - *Detector* is what finds the boxes unless you say otherwise: name another, give boxes, or give `none`, which takes the whole picture for one box.
      """;

  private static final String NAMES =
      """

      ## Names and modes

      What mmpose's users call by one name, and rtmlib's users by a class and a mode, are here names with or without a mode: `./rtm infer --model wholebody`, `--model wholebody --mode performance`, or both in one, `wholebody:performance`. Any name of a pose model above works the same way, with its detector, boxes above 0.3 and, in two dimensions, mmpose's second non-maximum suppression at IoU 0.3; RTMO takes its own boxes above 0.1.

      `animal`, `vitpose`, `edpose` and `human3d` of mmpose are not here.

      """;

  private final ZooManifest manifest;
  private final List<Latency> latencies;
  private final List<String> columns;
  private final List<String> places;
  private final List<String> sources;
  private final StringBuilder page = new StringBuilder(INTRODUCTION);

  private ModelsPage(ZooManifest manifest, List<Latency> latencies) {
    this.manifest = manifest;
    this.latencies = latencies;
    this.places = latencies.stream().map(Latency::place).distinct().toList();
    this.columns = latencies.stream().map(this::column).distinct().sorted().toList();
    this.sources =
        manifest.models().stream()
            .flatMap(entry -> entry.figures().stream())
            .filter(ModelsPage::isPublished)
            .map(ZooEntry.Figure::source)
            .distinct()
            .sorted()
            .toList();
  }

  /** The page as Markdown. */
  static String of(ZooManifest manifest, List<Latency> latencies) {
    return new ModelsPage(manifest, latencies).text();
  }

  private String text() {
    for (ZooGroup group : ZooGroup.values()) {
      page.append("\n## ").append(group.title()).append("\n\n");
      page.append(purpose(group)).append("\n\n");
      models(manifest.models().stream().filter(entry -> entry.group() == group).toList());
    }
    page.append(NAMES);
    recipes();
    sources();
    return page.toString();
  }

  private static String purpose(ZooGroup group) {
    return switch (group) {
      case DETECTION ->
          "RTMDet (arXiv:2212.07784) finds boxes: of people, of hands, or of COCO's 80 classes, of"
              + " which people are used.";
      case BODY17 ->
          "COCO's 17 keypoints. RTMPose (arXiv:2303.07399) looks at one person at a time; RTMO"
              + " (arXiv:2312.07526) finds everybody at once, in a time that does not grow with the"
              + " crowd.";
      case BODY14 -> "RTMO for crowds: shoulders to ankles, head and neck.";
      case BODY26 ->
          "RTMPose with Halpe's 26 keypoints: COCO's and the head, neck, hip, and three of each"
              + " foot.";
      case HAND -> "RTMPose for one hand.";
      case FACE ->
          "RTMPose for one face. `face` finds faces with `yolox-s-face` first; these names take the"
              + " whole picture unless boxes or a detector are given.";
      case WHOLEBODY ->
          "COCO-WholeBody's 133 keypoints: body, feet, face and hands. RTMW (arXiv:2407.08634) is"
              + " the most accurate, DWPose (arXiv:2307.15880) the lightest.";
      case WHOLEBODY3D ->
          "RTMW3D: the same 133 keypoints in pixels and in metres. Published parameter counts of 50"
              + " to 98 M and MPJPEs of 0.045 or 0.678 have no source, or are APs.";
      case HAND3D ->
          "InterNet (arXiv:2008.09309): both hands in millimetres, the distance of one from the"
              + " other, and which of them are there. The first of the two files is the better"
              + " one.";
    };
  }

  private void models(List<ZooEntry> entries) {
    List<String> head =
        Stream.concat(
                Stream.of(
                    "name",
                    "also",
                    "trained on",
                    "input",
                    "file",
                    "parameters",
                    "MACs",
                    "published"),
                Stream.concat(columns.stream(), Stream.of("licence", "detector")))
            .toList();
    row(head);
    row(head.stream().map(cell -> "---").toList());
    for (ZooEntry entry : entries) {
      List<String> cells = new ArrayList<>();
      cells.add(
          "[`%s`](%s)%s"
              .formatted(entry.name(), entry.urls().get(0), entry.sha256().isEmpty() ? " †" : ""));
      cells.add(codes(entry.aliases()));
      cells.add(entry.dataset());
      cells.add(entry.input().toString());
      cells.add(entry.megabytes() == null ? "" : entry.megabytes() + " MB");
      cells.add(figure(entry, "parameters"));
      cells.add(figure(entry, "MACs"));
      cells.add(accuracy(entry));
      columns.forEach(column -> cells.add(latency(entry, column)));
      cells.add(entry.licence());
      cells.add(detector(entry, entry.detector()));
      row(cells);
    }
  }

  private void recipes() {
    row(List.of("name", "of", "model", "detector", "boxes above", "second NMS", "differs"));
    row(List.of("---", "---", "---", "---", "---", "---", "---"));
    for (ZooRecipe recipe : manifest.recipes()) {
      ZooEntry model =
          manifest.models().stream()
              .filter(entry -> entry.name().equals(recipe.model()))
              .findFirst()
              .orElseThrow();
      Float nms = recipe.nms();
      row(
          List.of(
              codes(recipe.names()),
              recipe.of(),
              "`" + recipe.model() + "`",
              detector(model, recipe.detector()),
              Float.toString(recipe.threshold()),
              nms == null ? "none" : "IoU " + nms,
              recipe.differs()));
    }
  }

  private void sources() {
    page.append("\n## Sources\n\n");
    for (int i = 0; i < sources.size(); i++) {
      page.append(i + 1).append(". ").append(sources.get(i)).append('\n');
    }
    if (!places.isEmpty()) {
      page.append(
          "\nMilliseconds are those of the network alone, for one input in float32, by"
              + " `benchmarks/run --latency MANIFESTS`, with made-up weights:\n\n");
    }
    for (int i = 0; i < places.size(); i++) {
      page.append("- ").append(letter(i)).append(": ").append(places.get(i)).append('\n');
    }
  }

  private String column(Latency latency) {
    return "%s, ms (%s)".formatted(latency.engine(), letter(places.indexOf(latency.place())));
  }

  private static char letter(int place) {
    return (char) ('A' + place);
  }

  private String accuracy(ZooEntry entry) {
    return entry.figures().stream()
        .filter(figure -> !Arrays.asList("parameters", "MACs", "latency").contains(figure.metric()))
        .map(
            figure ->
                "%s %s%s, %s [%d]"
                    .formatted(
                        figure.metric(),
                        figure.value(),
                        figure.unit().isEmpty() ? "" : " " + figure.unit(),
                        figure.on(),
                        sources.indexOf(figure.source()) + 1))
        .collect(Collectors.joining("<br>"));
  }

  private static String figure(ZooEntry entry, String metric) {
    return entry.figures().stream()
        .filter(figure -> figure.metric().equals(metric))
        .map(figure -> figure.value() + " " + figure.unit() + (isPublished(figure) ? "" : " *"))
        .findFirst()
        .orElse("");
  }

  /** Sources are files of upstream; what was counted has none. */
  private static boolean isPublished(ZooEntry.Figure figure) {
    return figure.source().contains("/");
  }

  private String latency(ZooEntry entry, String column) {
    return latencies.stream()
        .filter(l -> column(l).equals(column) && l.model().equals(entry.name()))
        .map(l -> String.format(Locale.ROOT, l.ms() < 100 ? "%.1f" : "%.0f", l.ms()))
        .findFirst()
        .orElse("");
  }

  private static String detector(ZooEntry model, @Nullable String detector) {
    if (detector != null) {
      return "`" + detector + "`";
    }
    return switch (model.group()) {
      case DETECTION -> "";
      default -> model.oneStage() ? "none: one stage" : "none: whole picture";
    };
  }

  private static String codes(List<String> names) {
    return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }

  private void row(List<String> cells) {
    page.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
