package io.github.rtmjava.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FuturesTest {

  @Test
  void theSecondStepBeginsWithTheFirstOnesResult() {
    CompletableFuture<Integer> first = new CompletableFuture<>();
    CompletableFuture<String> second = new CompletableFuture<>();
    List<Integer> given = new ArrayList<>();
    CompletableFuture<String> last =
        Futures.then(
            first,
            result -> {
              given.add(result);
              return second;
            });
    assertEquals(List.of(), given);
    first.complete(3);
    assertEquals(List.of(3), given);
    assertFalse(last.isDone());
    second.complete("three");
    assertEquals("three", Futures.get(last));
  }

  @Test
  void whoCancelsTheLastStepCancelsTheOneUnderWay() {
    CompletableFuture<Integer> first = new CompletableFuture<>();
    CompletableFuture<Integer> second = new CompletableFuture<>();
    Futures.then(first, result -> second).cancel(false);
    assertTrue(first.isCancelled());
    CompletableFuture<Integer> last =
        Futures.then(CompletableFuture.completedFuture(1), result -> second);
    last.cancel(false);
    assertTrue(second.isCancelled());
    assertThrows(CancellationException.class, () -> Futures.get(last));
  }

  @Test
  void eitherStepsFailureComesOutAsItIs() {
    IllegalStateException failure = new IllegalStateException("made up");
    CompletableFuture<Integer> good = CompletableFuture.completedFuture(1);
    CompletableFuture<Integer> bad = CompletableFuture.failedFuture(failure);
    for (CompletableFuture<Integer> last :
        List.of(
            Futures.then(bad, result -> good),
            Futures.then(good, result -> bad),
            Futures.<Integer, Integer>then(
                good,
                result -> {
                  throw failure;
                }))) {
      assertSame(failure, assertThrows(IllegalStateException.class, () -> Futures.get(last)));
    }
    IOException checked = new IOException("made up");
    CompletionException around =
        assertThrows(
            CompletionException.class, () -> Futures.get(CompletableFuture.failedFuture(checked)));
    assertSame(checked, around.getCause());
  }

  @Test
  void whoIsInterruptedTakesBackWhatWasBegun() {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    Thread.currentThread().interrupt();
    assertThrows(CancellationException.class, () -> Futures.get(future));
    assertTrue(Thread.interrupted(), "stays interrupted");
    assertTrue(future.isCancelled());
  }

  @Test
  void whatIsOpenForAResultIsClosedBeforeAnybodyHearsOfIt() {
    IllegalStateException failure = new IllegalStateException("made up");
    List<String> events = new ArrayList<>();
    CompletableFuture<Integer> good = new CompletableFuture<>();
    CompletableFuture<Integer> bad = new CompletableFuture<>();
    CompletableFuture<Integer> waiting = new CompletableFuture<>();
    for (CompletableFuture<Integer> each : List.of(good, bad)) {
      var unused =
          Futures.closing(() -> each, () -> events.add("closed"))
              .whenComplete((result, thrown) -> events.add(result + " " + thrown));
    }
    good.complete(3);
    assertEquals(List.of("closed", "3 null"), events);
    events.clear();
    bad.completeExceptionally(failure);
    assertEquals(List.of("closed", "null " + failure), events);
    events.clear();
    Futures.closing(() -> waiting, () -> events.add("closed")).cancel(false);
    assertEquals(List.of("closed"), events);
    assertTrue(waiting.isCancelled());
    events.clear();
    assertSame(
        failure,
        assertThrows(
            IllegalStateException.class,
            () ->
                Futures.closing(
                    () -> {
                      throw failure;
                    },
                    () -> events.add("closed"))));
    assertEquals(List.of("closed"), events);
  }

  @Test
  void groupsComeOneAfterTheOther() {
    List<Integer> items = List.of(1, 2, 3, 4, 5);
    List<CompletableFuture<List<Integer>>> begun = new ArrayList<>();
    List<List<Integer>> groups = new ArrayList<>();
    CompletableFuture<List<Integer>> all =
        Futures.inGroups(
            items,
            2,
            group -> {
              groups.add(group);
              begun.add(new CompletableFuture<>());
              return begun.get(begun.size() - 1);
            });
    for (int i = 0; i < 3; i++) {
      assertEquals(i + 1, groups.size());
      begun.get(i).complete(groups.get(i).stream().map(item -> 10 * item).toList());
    }
    assertEquals(List.of(10, 20, 30, 40, 50), Futures.get(all));
    assertEquals(List.of(List.of(1, 2), List.of(3, 4), List.of(5)), groups);
  }

  @Test
  void manyGroupsThatAreDoneAtOnceNeedNoDeepStack() {
    List<Integer> items = IntStream.range(0, 100_000).boxed().toList();
    assertEquals(
        items, Futures.get(Futures.inGroups(items, 1, CompletableFuture::completedFuture)));
    assertEquals(
        List.of(), Futures.get(Futures.inGroups(List.of(), 1, CompletableFuture::completedFuture)));
  }

  @Test
  void aGroupThatFailsIsTheLast() {
    IllegalStateException failure = new IllegalStateException("made up");
    List<Integer> begun = new ArrayList<>();
    CompletableFuture<List<Integer>> all =
        Futures.inGroups(
            List.of(1, 2, 3),
            1,
            group -> {
              begun.addAll(group);
              return group.contains(2)
                  ? CompletableFuture.failedFuture(failure)
                  : CompletableFuture.completedFuture(group);
            });
    assertSame(failure, assertThrows(IllegalStateException.class, () -> Futures.get(all)));
    assertEquals(List.of(1, 2), begun);
  }
}
