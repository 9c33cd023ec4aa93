package io.github.rtmjava.runtime;

/**
 * How JavaCPP, through which native libraries are called, treats their memory. It reads its
 * settings once, when the first of its classes is used.
 */
public final class Natives {
  private static final String PROCESS_LIMIT = "org.bytedeco.javacpp.maxphysicalbytes";
  private static final String PROCESS_LIMIT_TOO = "org.bytedeco.javacpp.maxPhysicalBytes";
  private static final String NONE = "0";

  private Natives() {}

  /**
   * Takes away JavaCPP's limit on the memory of the whole process, four times the Java heap, unless
   * a system property sets one. Above it every small native object would collect garbage for a
   * second and then fail, though models lie outside of the heap and their owners free them.
   *
   * <p>To be called before the first use of any of JavaCPP's classes. Where another library of the
   * program has used them before, their limit stays; start Java with {@code
   * -Dorg.bytedeco.javacpp.maxphysicalbytes=0} then.
   */
  public static void prepare() {
    if (System.getProperty(PROCESS_LIMIT) == null
        && System.getProperty(PROCESS_LIMIT_TOO) == null) {
      System.setProperty(PROCESS_LIMIT, NONE);
    }
  }
}
