package io.github.rtmjava.pose3d;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.VideoFrame;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Order, ids, failures and look-ahead of frames on their way. */
class FrameFlowTest {
  private final MadeUpEstimator estimator = new MadeUpEstimator();
  private final AtomicInteger spotted = new AtomicInteger();

  @Test
  void framesComeOutInTheirOrderInGroups() {
    try (Stream<Followed> all = flow(frames(20), FollowOptions.DEFAULT, 8)) {
      assertEquals(LongStream.range(0, 20).boxed().toList(), all.map(this::index).toList());
    }
    assertEquals(List.of(8, 8, 4), estimator.batches);
  }

  @Test
  void nothingComesOfNothing() {
    try (Stream<Followed> all = flow(frames(0), FollowOptions.DEFAULT, 8)) {
      assertEquals(0, all.count());
    }
  }

  @Test
  void somebodyKeepsTheirId() {
    try (Stream<Followed> all = flow(frames(20), FollowOptions.DEFAULT, 8)) {
      assertEquals(
          List.of(1),
          all.map(f -> f.poses().result().persons().get(0).id().orElseThrow()).distinct().toList());
    }
  }

  @Test
  void withoutATrackerThereAreNoIds() {
    try (Stream<Followed> all = flow(frames(3), FollowOptions.DEFAULT.withTracker(null), 8)) {
      assertTrue(all.allMatch(f -> f.poses().result().persons().get(0).id().isEmpty()));
    }
  }

  @Test
  void betweenDetectionsPeopleAreLookedForWhereTheyWere() {
    try (Stream<Followed> all = flow(frames(9), FollowOptions.DEFAULT.withDetectEvery(4), 8)) {
      List<Followed> results = all.toList();
      assertTrue(results.stream().allMatch(f -> f.poses().result().size() == 1));
      Box box = results.get(2).poses().result().persons().get(0).bbox();
      assertTrue(box.x1() > 5 && box.x2() < 55, () -> "not around the keypoints: " + box);
    }
    assertEquals(3, spotted.get());
  }

  @Test
  void aFrameThatCannotBeLookedAtFailsAloneAndInItsPlace() {
    List<VideoFrame> frames = new ArrayList<>(frames(5).toList());
    frames.set(2, new VideoFrame(2, 2 / 25.0, image(MadeUpEstimator.BAD_WIDTH)));
    try (Stream<Followed> all = flow(frames.stream(), FollowOptions.DEFAULT, 4)) {
      List<Followed> results = all.toList();
      assertEquals(
          List.of(false, false, true, false, false),
          results.stream().map(f -> f.problem().isPresent()).toList());
      assertEquals(0, results.get(2).poses().result().size());
    }
  }

  @Test
  void whatTheSourceThrowsComesAfterTheFramesBeforeIt() {
    Stream<VideoFrame> breaking =
        IntStream.range(0, 9)
            .mapToObj(
                i -> {
                  if (i == 8) {
                    throw new IllegalStateException("the cable");
                  }
                  return frame(i);
                });
    List<Long> seen = new ArrayList<>();
    try (Stream<Followed> all = flow(breaking, FollowOptions.DEFAULT, 4)) {
      IllegalStateException thrown =
          assertThrows(IllegalStateException.class, () -> all.forEach(f -> seen.add(index(f))));
      assertEquals("the cable", thrown.getMessage());
    }
    assertEquals(8, seen.size());
  }

  @Test
  void anEndlessStreamIsReadAFewGroupsAhead() {
    AtomicInteger taken = new AtomicInteger();
    Stream<VideoFrame> endless = Stream.generate(() -> frame(taken.getAndIncrement()));
    try (Stream<Followed> all = flow(endless, FollowOptions.DEFAULT, 4)) {
      assertEquals(List.of(0L, 1L, 2L), all.limit(3).map(this::index).toList());
    }
    assertTrue(taken.get() <= 8 * 4, () -> "read ahead: " + taken);
  }

  @Test
  void aLiveSourceDropsWhatComesTooFast() {
    FollowOptions live = FollowOptions.DEFAULT.withLive(true);
    try (Stream<Followed> all = flow(frames(200), live, 8)) {
      List<Followed> results =
          all.peek(
                  f -> {
                    try {
                      Thread.sleep(5);
                    } catch (InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                  })
              .toList();
      assertTrue(results.size() < 200, () -> results.size() + " of 200");
      Followed last = results.get(results.size() - 1);
      assertEquals(199, index(last));
      assertEquals(200, results.size() + last.dropped());
      assertFalse(estimator.batches.stream().anyMatch(size -> size != 1));
    }
  }

  @Test
  void pushedFramesMustGoOnInTime() {
    PoseFollower follower = new PoseFollower(following(FollowOptions.DEFAULT));
    assertEquals(1, follower.next(image(60), 0).result().persons().get(0).id().orElseThrow());
    assertEquals(1, follower.next(image(60), 0.04).index());
    assertThrows(IllegalArgumentException.class, () -> follower.next(image(60), 0.04));
    assertEquals(2, follower.next(image(60), 0.5).index());
  }

  @Test
  void whatIsSubmittedIsWhatComesOfTheWholeVideo() throws Exception {
    FollowOptions options = FollowOptions.DEFAULT.withDetectEvery(4);
    List<PoseFrame> expected;
    try (Stream<Followed> all = flow(frames(9), options, 8)) {
      expected = all.map(Followed::poses).toList();
    }
    PoseFollower follower = new PoseFollower(following(options));
    for (PoseFrame frame : expected) {
      PoseFrame found = follower.submit(image(60), frame.time()).get();
      assertEquals(frame.index(), found.index());
      PersonPose person = found.result().persons().get(0);
      PersonPose same = frame.result().persons().get(0);
      assertEquals(same.id(), person.id());
      assertEquals(same.bbox(), person.bbox());
      assertArrayEquals(same.keypoints(), person.keypoints());
    }
  }

  @Test
  void aFrameIsRefusedWhileTheOneBeforeIsUnderWay() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    estimator.gate = gate;
    PoseFollower follower = new PoseFollower(following(FollowOptions.DEFAULT));
    CompletableFuture<PoseFrame> first = follower.submit(image(60), 0);
    assertTrue(first.cancel(/* mayInterruptIfRunning= */ false));
    assertThrows(IllegalStateException.class, () -> follower.submit(image(60), 1));
    assertThrows(IllegalStateException.class, () -> follower.change(PoseOptions.DEFAULT));
    gate.complete(null);
    assertEquals(1, follower.next(image(60), 1).index());
  }

  private Stream<Followed> flow(Stream<VideoFrame> frames, FollowOptions options, int batch) {
    return FrameFlow.of(frames.iterator(), following(options), options.live(), batch);
  }

  private Following following(FollowOptions options) {
    PosePipeline pipeline = new PosePipeline(estimator, null, PoseOptions.DEFAULT);
    return new Following(
        pipeline,
        options,
        image -> {
          spotted.incrementAndGet();
          return List.of(new Box(0, 0, 60, 48));
        });
  }

  private long index(Followed result) {
    assertEquals(result.frame().index(), result.poses().index());
    return result.poses().index();
  }

  private static Stream<VideoFrame> frames(int count) {
    return IntStream.range(0, count).mapToObj(FrameFlowTest::frame);
  }

  private static VideoFrame frame(int index) {
    return new VideoFrame(index, index / 25.0, image(60));
  }

  private static Image image(int width) {
    return Image.ofBgr(width, 48, new byte[width * 48 * 3]);
  }
}
