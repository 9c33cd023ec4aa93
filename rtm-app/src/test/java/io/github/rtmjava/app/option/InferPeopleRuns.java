package io.github.rtmjava.app.option;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Who {@code rtm infer} looks at. */
final class InferPeopleRuns {
  private InferPeopleRuns() {}

  static void add(Table infer, Material material) {
    Line two = InferRuns.madeUp(material.two());
    boxes(infer, two);
    infer
        .option("--bbox-thr", "0.99")
        .on(two)
        .shows((without, with) -> assertTrue(with.said().contains("--bbox-thr"), with.said()));
    choosing(infer, two);
  }

  /** Two people, or one in a box. */
  static void boxes(Table infer, Line two) {
    infer
        .option("--bbox", "10,12,30,40")
        .on(two)
        .turns(run -> run.people() + " " + run.box(), "2 [16, 8, 48, 56]", "1 [10, 12, 30, 40]");
  }

  /** Who is looked at of two. */
  static void choosing(Table infer, Line two) {
    // Scores of 0.95 and 0.88.
    infer.option("--bbox-thr", "0.9").on(two).turns(Run::people, 2, 1);
    infer.option("--nms-thr", "0.1").on(two).turns(Run::people, 2, 1);
    infer.option("--nms-thr", "0.2").on(two).turns(Run::people, 2, 2);
    infer
        .option("--single-person")
        .on(two)
        .turns(run -> run.people() + " " + run.box(), "2 [16, 8, 48, 56]", "1 [16, 8, 48, 56]");
    infer.option("--max-persons", "1").on(two).turns(Run::people, 2, 1);
  }
}
