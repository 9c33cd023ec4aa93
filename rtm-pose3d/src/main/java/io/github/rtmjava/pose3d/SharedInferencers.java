package io.github.rtmjava.pose3d;

import java.io.IOException;

/**
 * One inferencer for each configuration in a process: tasks that run beside each other share its
 * models, which are opened for the first of them and closed with the last.
 */
public final class SharedInferencers {
  private static final Leases<PoseConfig, PoseInferencer> LEASES = new Leases<>(PoseConfig::open);

  private SharedInferencers() {}

  /**
   * Leases the inferencer of a configuration. Who comes while it is being opened waits for it. An
   * opening that failed is not remembered: the next one tries again.
   *
   * @throws IOException as {@link PoseConfig#open} does, as whatever else it throws
   */
  public static Lease lease(PoseConfig config) throws IOException {
    return new Lease(LEASES.lease(config));
  }

  /** The right to use an inferencer, until it is closed. */
  public static final class Lease implements AutoCloseable {
    private final Leases<PoseConfig, PoseInferencer>.Lease lease;

    private Lease(Leases<PoseConfig, PoseInferencer>.Lease lease) {
      this.lease = lease;
    }

    /** The inferencer, which others may use too: it is not to be closed. */
    public PoseInferencer inferencer() {
      return lease.thing();
    }

    /** Gives it back; the last one closes it. Does nothing the second time. */
    @Override
    public void close() {
      lease.close();
    }
  }
}
