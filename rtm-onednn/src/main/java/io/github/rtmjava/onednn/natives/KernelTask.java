package io.github.rtmjava.onednn.natives;

/** A piece of work on fixed memory, done by one thread. */
public interface KernelTask {
  void run();

  /** What does it, for people: oneDNN's name for an implementation, or ours. */
  String implementation();
}
