package io.github.rtmjava.spark;

import io.github.rtmjava.pose3d.PoseConfig;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.pose3d.SharedInferencers;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The models of this executor: opened and warmed up for its first task, shared by all that run
 * beside it, and kept for a while after the last one, since the next is about to come.
 */
final class ExecutorModels {
  private static final long KEPT_SECONDS = 60;

  private static final ScheduledExecutorService CLOSER =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "rtm models");
            thread.setDaemon(true);
            return thread;
          });

  /** Guarded by itself. */
  private static final Set<PoseInferencer> WARM = Collections.newSetFromMap(new WeakHashMap<>());

  private ExecutorModels() {}

  /** A lease, which is to be {@linkplain #giveBack given back}. */
  static SharedInferencers.Lease lease(PoseConfig config) throws IOException {
    MeasuredWays.install();
    SharedInferencers.Lease lease = SharedInferencers.lease(config);
    try {
      warmUp(lease.inferencer());
      return lease;
    } catch (RuntimeException | Error e) {
      lease.close();
      throw e;
    }
  }

  /** Nothing is measured beside other work: who comes meanwhile waits. */
  private static void warmUp(PoseInferencer inferencer) {
    synchronized (WARM) {
      if (!WARM.contains(inferencer)) {
        inferencer.warmUp();
        WARM.add(inferencer);
      }
    }
  }

  static void giveBack(SharedInferencers.Lease lease) {
    ScheduledFuture<?> unused = CLOSER.schedule(lease::close, KEPT_SECONDS, TimeUnit.SECONDS);
  }
}
