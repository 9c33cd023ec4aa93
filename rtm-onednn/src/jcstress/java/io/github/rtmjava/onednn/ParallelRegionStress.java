package io.github.rtmjava.onednn;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Parallel regions whose members work on threads of the harness, in every order that it finds. It
 * leaves out what has more members than the machine has processors.
 */
public final class ParallelRegionStress {
  private ParallelRegionStress() {}

  private static void take(ParallelRegion region, int member) {
    region.work(member);
    region.leave();
  }

  /** Each adds one before a barrier; who passes it sees what all have added. */
  @JCStressTest
  @Outcome(id = "2, 2", expect = Expect.ACCEPTABLE, desc = "both saw both")
  @State
  public static class Barrier {
    private final int[] added = new int[2];
    private final int[] seen = new int[2];
    private final ParallelRegion region =
        new ParallelRegion(
            2,
            (member, all) -> {
              added[member] = 1;
              all.barrier();
              seen[member] = added[0] + added[1];
            });

    public Barrier() {
      region.gather(2);
    }

    @Actor
    public void first() {
      take(region, 0);
    }

    @Actor
    public void second() {
      take(region, 1);
    }

    @Arbiter
    public void all(II_Result result) {
      region.awaitEnd();
      result.r1 = seen[0];
      result.r2 = seen[1];
    }
  }

  /** The last fails between two barriers, where another may still be in the first. */
  private static final class Failing {
    private final ParallelRegion region;

    Failing(int members) {
      region =
          new ParallelRegion(
              members,
              (member, all) -> {
                all.barrier();
                if (member == members - 1) {
                  throw new IllegalStateException("made up");
                }
                all.barrier();
                all.barrier();
              });
      region.gather(members);
    }

    int told() {
      try {
        region.awaitEnd();
        return 0;
      } catch (IllegalStateException e) {
        return 1;
      }
    }
  }

  /** Of two members one fails. */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "the failure is told")
  @State
  public static class FailureOfTwo {
    private final Failing failing = new Failing(2);

    @Actor
    public void first() {
      take(failing.region, 0);
    }

    @Actor
    public void second() {
      take(failing.region, 1);
    }

    @Arbiter
    public void all(I_Result result) {
      result.r1 = failing.told();
    }
  }

  /** Of three members one fails. */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "the failure is told")
  @State
  public static class FailureOfThree {
    private final Failing failing = new Failing(3);

    @Actor
    public void first() {
      take(failing.region, 0);
    }

    @Actor
    public void second() {
      take(failing.region, 1);
    }

    @Actor
    public void third() {
      take(failing.region, 2);
    }

    @Arbiter
    public void all(I_Result result) {
      result.r1 = failing.told();
    }
  }

  /** Whoever goes through a gate that is being closed is waited for. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "not let in")
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "let in, and waited for")
  @State
  public static class Closing {
    private final Gate gate = new Gate();
    private int done;
    private int seen;
    private boolean let;

    @Actor
    public void work() {
      if (gate.enter()) {
        let = true;
        done = 1;
        gate.leave();
      }
    }

    @Actor
    public void close() {
      gate.close();
      gate.awaitEmpty();
      seen = done;
    }

    @Arbiter
    public void all(II_Result result) {
      result.r1 = let ? 1 : 0;
      result.r2 = seen;
    }
  }
}
