package io.github.rtmjava.web;

/** What servers of the web answer. */
public final class Answers {
  private Answers() {}

  /**
   * Why an answer did not come, in a few words. Of a number in its head that is none, Java tells
   * without saying where.
   */
  public static String reason(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (each instanceof IllegalArgumentException) {
        return "its answer does not follow HTTP";
      }
    }
    String message = thrown.getMessage();
    return message == null ? thrown.getClass().getSimpleName() : message;
  }
}
