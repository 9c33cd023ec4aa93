package io.github.rtmjava.app.save;

import static io.github.rtmjava.app.Pictures.BRIGHT;
import static io.github.rtmjava.app.Pictures.DARK;
import static io.github.rtmjava.app.Pictures.WHITE;

import io.github.rtmjava.app.Avi;
import io.github.rtmjava.app.Pictures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * What is looked at, and who is when in it.
 *
 * @param name for people
 * @param video whether it is one, of ten frames a second, or a picture
 * @param greys of the frames
 * @param flags that leave out frames
 * @param frames that are left
 * @param people by number, the frames in which they are
 * @param filled those of these frames in which nobody was found
 */
record Situation(
    String name,
    boolean video,
    int[] greys,
    List<String> flags,
    List<Long> frames,
    Map<Integer, List<Long>> people,
    List<Long> filled) {
  private static final int RATE = 10;

  static final Situation TWO_IN_A_PICTURE =
      picture("two in a picture", WHITE, Map.of(0, span(0, 0), 1, span(0, 0)));

  static final Situation PARTS_OF_A_VIDEO =
      new Situation(
          "every second frame from the fourth on, with a gap, then two",
          true,
          greys(6, BRIGHT, 10, DARK, 6, WHITE),
          List.of("--start", "0.3", "--stride", "2"),
          List.of(3L, 5L, 7L, 9L, 11L, 13L, 15L, 17L, 19L, 21L),
          Map.of(1, List.of(3L, 5L, 17L, 19L, 21L), 2, List.of(17L, 19L, 21L)),
          List.of());

  static Situation[] all() {
    return new Situation[] {
      picture("nobody in a picture", DARK, Map.of()),
      picture("one in a picture", BRIGHT, Map.of(0, span(0, 0))),
      TWO_IN_A_PICTURE,
      clip("nobody in a video", Map.of(), 6, DARK),
      clip("one in a video", Map.of(1, span(0, 7)), 8, BRIGHT),
      clip("another who comes later", Map.of(1, span(0, 8), 2, span(3, 8)), 3, BRIGHT, 6, WHITE),
      new Situation(
          "a gap that is filled",
          true,
          greys(4, BRIGHT, 3, DARK, 4, BRIGHT),
          List.of(),
          span(0, 10),
          Map.of(1, span(0, 10)),
          span(4, 6)),
      clip(
          "a gap that stays",
          Map.of(
              1,
              LongStream.concat(LongStream.range(0, 4), LongStream.range(12, 16)).boxed().toList()),
          4,
          BRIGHT,
          8,
          DARK,
          4,
          BRIGHT),
      PARTS_OF_A_VIDEO
    };
  }

  private static Situation picture(String name, int grey, Map<Integer, List<Long>> people) {
    return new Situation(name, false, new int[] {grey}, List.of(), span(0, 0), people, List.of());
  }

  private static Situation clip(String name, Map<Integer, List<Long>> people, int... runs) {
    int[] greys = greys(runs);
    return new Situation(
        name, true, greys, List.of(), span(0, greys.length - 1), people, List.of());
  }

  /** So many frames of a grey, then so many of another. */
  private static int[] greys(int... runs) {
    int[] out = new int[0];
    for (int i = 0; i < runs.length; i += 2) {
      int from = out.length;
      out = Arrays.copyOf(out, from + runs[i]);
      Arrays.fill(out, from, out.length, runs[i + 1]);
    }
    return out;
  }

  private static List<Long> span(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  /** Writes it. */
  Path write(Path folder) throws IOException {
    if (!video) {
      return Pictures.write(folder.resolve("in.png"), greys[0]);
    }
    Path file = folder.resolve("in.avi");
    Avi.write(file, RATE, greys);
    return file;
  }

  double time(long frame) {
    return frame / (double) RATE;
  }

  /** Everybody in every frame. */
  List<Sighting> sightings(int points, boolean space) {
    return sightings(people, points, space);
  }

  /** As if nobody had ever been away between two frames. */
  List<Sighting> throughout(int points, boolean space) {
    Map<Integer, List<Long>> spans = new TreeMap<>();
    people.forEach(
        (person, there) ->
            spans.put(
                person,
                frames.stream()
                    .filter(f -> f >= there.get(0) && f <= there.get(there.size() - 1))
                    .toList()));
    return sightings(spans, points, space);
  }

  private List<Sighting> sightings(Map<Integer, List<Long>> when, int points, boolean space) {
    List<Sighting> out = new ArrayList<>();
    when.forEach(
        (person, there) ->
            there.forEach(f -> out.add(new Sighting(person, f, time(f), points, space))));
    return out.stream().sorted(Comparator.comparingLong(Sighting::frame)).toList();
  }

  List<Sighting> moments() {
    return frames.stream().map(f -> Sighting.of(f, time(f))).toList();
  }

  /** The frames from a person's first to the last. */
  List<Long> span(int person) {
    return throughout(0, false).stream()
        .filter(s -> s.person() == person)
        .map(Sighting::frame)
        .toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
