package io.github.rtmjava.app;

import io.github.rtmjava.files.OpenFiles;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;

/** Says in one line what went wrong. */
final class Errors {
  private Errors() {}

  /** One line without control characters: what was expected, what was found, what to do. */
  static String line(Throwable thrown) {
    return printable(describe(thrown));
  }

  /** The same message as one line. */
  static String line(String message) {
    return printable(message);
  }

  private static String describe(Throwable thrown) {
    Throwable cause = thrown.getCause();
    if ((thrown instanceof UncheckedIOException || thrown instanceof ExecutionException)
        && cause != null) {
      return describe(cause);
    }
    if (thrown instanceof ClosedByInterruptException
        || thrown instanceof InterruptedIOException
        || thrown instanceof CancellationException) {
      return "stopped; what was not finished is removed";
    }
    if (OpenFiles.areTooMany(thrown)) {
      return OpenFiles.advice();
    }
    if (thrown instanceof FileSystemException e) {
      return describe(e);
    }
    if (thrown instanceof OutOfMemoryError) {
      return "there is too little memory; give Java more, for example with the environment variable"
          + " RTM_JAVA_OPTS=-Xmx4g";
    }
    if (thrown instanceof IncompatibleClassChangeError) {
      return "the program's parts are of different versions (%s); build it again with"
              .formatted(message(thrown))
          + " './mvnw clean package'";
    }
    if (thrown instanceof LinkageError) {
      return "a native library does not load (%s); see 'rtm doctor'".formatted(message(thrown));
    }
    boolean forPeople =
        (thrown instanceof IOException && !(thrown instanceof EOFException))
            || thrown instanceof IllegalArgumentException
            || thrown.getClass().getName().startsWith("io.github.rtmjava.");
    return forPeople && thrown.getMessage() != null
        ? thrown.getMessage()
        : "unexpected %s (%s); run it again with --stacktrace and report what it prints"
            .formatted(thrown.getClass().getSimpleName(), message(thrown));
  }

  private static String describe(FileSystemException e) {
    String file = e.getFile();
    if (e instanceof NoSuchFileException) {
      return file + ": there is no such file or folder";
    }
    if (e instanceof AccessDeniedException) {
      return file + ": no permission; choose another place or change its permissions";
    }
    if (e instanceof FileAlreadyExistsException) {
      return message(e);
    }
    if (e instanceof NotDirectoryException) {
      return file + ": expected a folder, found a file; choose another";
    }
    if (e instanceof DirectoryNotEmptyException) {
      return file + ": expected a file, found a folder; choose another name";
    }
    return file + ": " + (e.getReason() == null ? "cannot be read or written" : e.getReason());
  }

  private static String message(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null ? thrown.getClass().getSimpleName() : message;
  }

  /** A name out of a stranger's file must not steer the terminal, nor fill it. */
  private static String printable(String text) {
    String line = text.strip().replaceAll("\\R\\s*", " ").replaceAll("\\p{Cntrl}", "?");
    return line.length() <= 2000 ? line : line.substring(0, 2000) + "…";
  }
}
