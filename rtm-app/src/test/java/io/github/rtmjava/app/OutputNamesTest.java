package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rtmjava.image.Picture;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OutputNamesTest {
  @Test
  void picturesKeepTheirNames() {
    OutputNames names = names("a/one.jpg", "a/two.tar.jpg");
    assertEquals(List.of("one", "two.tar"), List.copyOf(names.stems().values()));
    assertEquals(List.of(), names.remarks());
  }

  @Test
  void madeUpNamesTakeNoOthers() {
    OutputNames names = names("a/x.jpg", "b/x.jpg", "c/x_2.jpg");
    assertEquals(List.of("x", "x_3", "x_2"), List.copyOf(names.stems().values()));
    assertEquals(1, names.remarks().size());
  }

  @Test
  void upperAndLowerCaseAreTheSame() {
    assertEquals(List.of("x", "X_2"), List.copyOf(names("a/x.jpg", "b/X.jpg").stems().values()));
  }

  @Test
  void resultsDoNotReplacePictures() {
    assertEquals(List.of("x_2"), List.copyOf(names("out/x.png").stems().values()));
    assertEquals(List.of("x"), List.copyOf(names("out/x.jpg").stems().values()));
  }

  private static OutputNames names(String... pictures) {
    return OutputNames.of(
        Stream.of(pictures).map(Path::of).map(Picture::of).map(OutputNames.Input::of).toList(),
        Path.of("out"),
        List.of(".json", ".png"));
  }
}
