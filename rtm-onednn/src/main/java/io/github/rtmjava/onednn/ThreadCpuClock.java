package io.github.rtmjava.onednn;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;

/** Nanoseconds of a thread's own, in which it had a processor. */
final class ThreadCpuClock {
  private ThreadCpuClock() {}

  /**
   * The calling thread's own time where it is known: in the first second of a process others, the
   * just-in-time compiler above all, take the processors away.
   */
  static LongSupplier get() {
    try {
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      return threads.isCurrentThreadCpuTimeSupported()
          ? threads::getCurrentThreadCpuTime
          : System::nanoTime;
    } catch (LinkageError e) {
      return System::nanoTime; // a Java without the module java.management
    }
  }
}
