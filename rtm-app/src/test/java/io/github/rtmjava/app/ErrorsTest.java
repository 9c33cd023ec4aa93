package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class ErrorsTest {
  @Test
  void messagesForPeopleStandAsTheyAre() {
    assertEquals(
        "x.pth: expected this",
        Errors.line(new UncheckedIOException(new IOException("x.pth: expected this"))));
  }

  @Test
  void missingFilesAndPermissionsAreSaid() {
    assertEquals(
        "a/b: there is no such file or folder", Errors.line(new NoSuchFileException("a/b")));
    assertTrue(Errors.line(new AccessDeniedException("a/b")).startsWith("a/b: no permission"));
  }

  @Test
  void slipsOfTheProgramAskForAReport() {
    String line = Errors.line(new NullPointerException("oops"));
    assertTrue(line.contains("NullPointerException") && line.contains("--stacktrace"), line);
  }

  @Test
  void littleMemoryNamesTheRemedy() {
    assertTrue(Errors.line(new OutOfMemoryError("Java heap space")).contains("RTM_JAVA_OPTS"));
  }

  @Test
  void everythingIsOneLineWithoutControlCharacters() {
    assertEquals("a b ?[31mc", Errors.line(new IOException("a\n  b \u001b[31mc\n")));
  }
}
