package io.github.rtmjava.files;

import org.jspecify.annotations.Nullable;

/**
 * A native library that is loaded once per process, or was tried to. Whoever needs it asks for it:
 * each gets the same one line if it does not load here.
 */
public final class NativeLibrary {
  private final @Nullable UnsatisfiedLinkError failure;

  private NativeLibrary(@Nullable UnsatisfiedLinkError failure) {
    this.failure = failure;
  }

  /**
   * Loads a library, with {@link NativeSettings} in place; a failure is kept.
   *
   * @param name what messages call it
   * @param loading fails with a {@link LinkageError} if it does not load
   */
  public static NativeLibrary of(String name, Runnable loading) {
    NativeSettings.apply();
    try {
      loading.run();
      return new NativeLibrary(null);
    } catch (LinkageError e) {
      UnsatisfiedLinkError error =
          new UnsatisfiedLinkError(name + " does not load: " + NativeSettings.reason(e));
      error.initCause(e);
      return new NativeLibrary(error);
    }
  }

  /**
   * Fails where it could not be loaded.
   *
   * @throws UnsatisfiedLinkError if it does not load here; its message is one line that says why
   *     and what to do
   */
  public void require() {
    if (failure != null) {
      UnsatisfiedLinkError error = new UnsatisfiedLinkError(failure.getMessage());
      error.initCause(failure);
      throw error;
    }
  }
}
