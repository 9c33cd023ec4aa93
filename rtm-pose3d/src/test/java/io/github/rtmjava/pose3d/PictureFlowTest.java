package io.github.rtmjava.pose3d;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Picture;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PoseResult;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Order, failures and look-ahead, with pictures whose width is their number. */
class PictureFlowTest {
  private final List<Integer> groups = Collections.synchronizedList(new ArrayList<>());

  @Test
  void resultsComeInTheOrderOfThePicturesInGroups() {
    try (Stream<Inference> all = flow(IntStream.rangeClosed(1, 20).mapToObj(this::picture), 8)) {
      assertEquals(IntStream.rangeClosed(1, 20).boxed().toList(), all.map(this::width).toList());
    }
    assertEquals(List.of(8, 8, 4), groups);
  }

  @Test
  void nothingComesOfNothing() {
    try (Stream<Inference> all = flow(Stream.of(), 8)) {
      assertEquals(0, all.count());
    }
  }

  @Test
  void aPictureThatCannotBeReadFailsAloneAndInItsPlace() {
    Picture broken = Picture.of("broken", new ByteArrayInputStream(new byte[] {1, 2, 3}));
    try (Stream<Inference> all = flow(Stream.of(picture(1), broken, picture(3)), 8)) {
      List<Inference> results = all.toList();
      assertEquals(1, width(results.get(0)));
      assertInstanceOf(Inference.Failed.class, results.get(1));
      assertEquals(3, width(results.get(2)));
    }
  }

  @Test
  void aPictureThatCannotBeLookedAtFailsAloneAndInItsPlace() {
    try (Stream<Inference> all =
        PictureFlow.of(
            IntStream.rangeClosed(1, 5).mapToObj(this::picture),
            images -> {
              if (images.stream().anyMatch(image -> image.width() == 3)) {
                throw new IllegalStateException("three");
              }
              return find(images);
            },
            4)) {
      List<Inference> results = all.toList();
      assertEquals(
          "three", assertInstanceOf(Inference.Failed.class, results.get(2)).problem().getMessage());
      assertEquals(
          List.of(1, 2, 4, 5),
          results.stream().filter(Inference.Found.class::isInstance).map(this::width).toList());
    }
  }

  @Test
  void anEndlessStreamIsReadAFewPicturesAhead() {
    AtomicInteger taken = new AtomicInteger();
    Stream<Picture> endless = Stream.generate(() -> picture(taken.incrementAndGet()));
    try (Stream<Inference> all = flow(endless, 4)) {
      assertEquals(List.of(1, 2, 3), all.limit(3).map(this::width).toList());
    }
    assertTrue(taken.get() <= 4 * 5, taken + " pictures were taken for three");
  }

  @Test
  void largePicturesMakeSmallGroups() {
    List<Picture> large =
        IntStream.range(0, 4)
            .mapToObj(i -> Picture.of("large " + i, Image.ofBgr(4000, 2000, new byte[24_000_000])))
            .toList();
    try (Stream<Inference> all = flow(large.stream(), 8)) {
      assertEquals(4, all.count());
    }
    assertEquals(List.of(2, 2), groups);
  }

  @Test
  void whatTheCallersStreamThrowsReachesTheCaller() {
    Stream<Picture> failing =
        Stream.generate(
            () -> {
              throw new UnsupportedOperationException("camera");
            });
    try (Stream<Inference> all = flow(failing, 2)) {
      assertEquals(
          "camera", assertThrows(UnsupportedOperationException.class, all::toList).getMessage());
    }
  }

  @Test
  void aClosedStreamStopsItsThreads() throws InterruptedException {
    Stream<Inference> all = flow(Stream.generate(() -> picture(1)), 2);
    assertTrue(all.iterator().hasNext());
    all.close();
    for (int i = 0; i < 200 && threads() > 0; i++) {
      Thread.sleep(20);
    }
    assertFalse(threads() > 0);
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("rtm poses"))
        .count();
  }

  private Stream<Inference> flow(Stream<Picture> pictures, int batch) {
    return PictureFlow.of(pictures, this::find, batch);
  }

  private List<PoseResult> find(List<Image> images) {
    groups.add(images.size());
    return images.stream()
        .map(
            image ->
                new PoseResult(
                    image.width(),
                    image.height(),
                    "none",
                    Frame3d.CAMERA,
                    KeypointSet.of("coco", 17),
                    List.of()))
        .toList();
  }

  private Picture picture(int width) {
    return Picture.of("picture " + width, Image.ofBgr(width, 1, new byte[3 * width]));
  }

  private int width(Inference inference) {
    return assertInstanceOf(Inference.Found.class, inference).result().width();
  }
}
