package io.github.rtmjava.server.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TurnsTest {
  private final List<String> begun = new ArrayList<>();
  private final List<Runnable> later = new ArrayList<>();
  private final Turns turns = new Turns(2, later::add);

  private void ask(String who) {
    turns.ask(() -> begun.add(who));
  }

  private void leave() {
    turns.leave();
    later.forEach(Runnable::run);
    later.clear();
  }

  @Test
  void asManyAsMayGoOnAtOnce() {
    ask("a");
    ask("b");
    ask("c");
    assertEquals(List.of("a", "b"), begun);
  }

  @Test
  void theOthersFollowInTheirOrder() {
    for (String who : List.of("a", "b", "c", "d", "e")) {
      ask(who);
    }
    leave();
    ask("f");
    leave();
    assertEquals(List.of("a", "b", "c", "d"), begun);
    leave();
    leave();
    assertEquals(List.of("a", "b", "c", "d", "e", "f"), begun);
  }

  @Test
  void aFreePlaceIsTakenAgain() {
    ask("a");
    leave();
    ask("b");
    ask("c");
    ask("d");
    assertEquals(List.of("a", "b", "c"), begun);
  }
}
