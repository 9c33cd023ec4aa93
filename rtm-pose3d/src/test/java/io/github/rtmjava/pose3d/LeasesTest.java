package io.github.rtmjava.pose3d;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LeasesTest {
  private final AtomicInteger opened = new AtomicInteger();

  private static final class Thing implements AutoCloseable {
    private volatile boolean closed;

    @Override
    public void close() {
      assertFalse(closed, "closed twice");
      closed = true;
    }
  }

  private Leases<String, Thing> leases() {
    return new Leases<>(
        key -> {
          opened.incrementAndGet();
          return new Thing();
        });
  }

  @Test
  void oneThingForEachKeyIsClosedWithItsLastLease() throws IOException {
    Leases<String, Thing> leases = leases();
    Leases<String, Thing>.Lease first = leases.lease("a");
    Leases<String, Thing>.Lease second = leases.lease("a");
    Leases<String, Thing>.Lease other = leases.lease("b");
    Thing thing = first.thing();
    assertSame(thing, second.thing());
    assertNotSame(thing, other.thing());
    first.close();
    first.close();
    assertFalse(thing.closed);
    second.close();
    assertTrue(thing.closed);
    assertFalse(other.thing().closed);
    other.close();
    try (Leases<String, Thing>.Lease again = leases.lease("a")) {
      assertNotSame(thing, again.thing());
    }
    assertEquals(3, opened.get());
  }

  @Test
  void whoComesAtTheSameTimeOpensOnce() throws Exception {
    CountDownLatch opening = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Leases<String, Thing> leases =
        new Leases<>(
            key -> {
              opened.incrementAndGet();
              opening.countDown();
              try {
                go.await();
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
              return new Thing();
            });
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<Leases<String, Thing>.Lease>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(pool.submit(() -> leases.lease("a")));
      }
      opening.await();
      go.countDown();
      List<Leases<String, Thing>.Lease> leased = new ArrayList<>();
      for (Future<Leases<String, Thing>.Lease> each : all) {
        leased.add(each.get(50, TimeUnit.SECONDS));
      }
      Thing thing = leased.get(0).thing();
      for (Leases<String, Thing>.Lease lease : leased) {
        assertFalse(thing.closed);
        assertSame(thing, lease.thing());
        lease.close();
      }
      assertTrue(thing.closed);
      assertEquals(1, opened.get());
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void anOpeningThatFailedIsNotRemembered() throws IOException {
    Leases<String, Thing> leases =
        new Leases<>(
            key -> {
              switch (opened.incrementAndGet()) {
                case 1 -> throw new IOException("away");
                case 2 -> throw new OutOfMemoryError("made up");
                default -> {
                  return new Thing();
                }
              }
            });
    assertThrows(IOException.class, () -> leases.lease("a"));
    assertThrows(OutOfMemoryError.class, () -> leases.lease("a"));
    Leases<String, Thing>.Lease third = leases.lease("a");
    Leases<String, Thing>.Lease fourth = leases.lease("a");
    third.close();
    assertFalse(fourth.thing().closed);
    fourth.close();
    assertTrue(fourth.thing().closed);
    assertEquals(3, opened.get());
  }
}
