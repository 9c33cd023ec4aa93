package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rtmjava.image.Picture;
import io.github.rtmjava.video.VideoSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputNamesTest {
  @TempDir Path dir;

  @Test
  void picturesKeepTheirNames() {
    OutputNames names = names("json,overlay", "a/one.jpg", "a/two.tar.jpg");
    assertEquals(List.of("one", "two.tar"), names.stems());
    assertEquals(List.of(), names.remarks());
  }

  @Test
  void madeUpNamesTakeNoOthers() {
    OutputNames names = names("json,overlay", "a/x.jpg", "b/x.jpg", "c/x_2.jpg");
    assertEquals(List.of("x", "x_3", "x_2"), names.stems());
    assertEquals(1, names.remarks().size());
  }

  @Test
  void upperAndLowerCaseAreTheSame() {
    assertEquals(List.of("x", "X_2"), names("json", "a/x.jpg", "b/X.jpg").stems());
  }

  @Test
  void waysToWriteAnAccentAreTheSame() {
    assertEquals(
        List.of("caf\u00e9", "cafe\u0301_2"),
        names("json", "a/caf\u00e9.jpg", "b/cafe\u0301.jpg").stems());
  }

  @Test
  void resultsDoNotReplacePictures() throws IOException {
    write("out/x.png");
    assertEquals(List.of("x_2"), names("json,overlay", "out/x.png").stems());
    write("out/y.jpg");
    assertEquals(List.of("y"), names("json,overlay", "out/y.jpg").stems());
  }

  @Test
  void resultsReplaceNoPictureThatALinkLeadsTo() throws IOException {
    Path photo = write("photos/x.png");
    Files.createDirectories(dir.resolve("out"));
    Files.createSymbolicLink(dir.resolve("out/x.json"), photo);
    assertEquals(List.of("x_2"), names("json", "photos/x.png").stems());
    Files.createLink(dir.resolve("out/x_2.json"), photo);
    assertEquals(List.of("x_3"), names("json", "photos/x.png").stems());
  }

  @Test
  void resultsReplaceNoFolderWithPictures() throws IOException {
    write("out/x_json/x.png");
    assertEquals(List.of("x_2"), names("openpose", "out/x_json/x.png").stems());
  }

  @Test
  void filesOfPeopleMeetNoOthers() throws IOException {
    write("out/x_7.angles.png");
    assertEquals(
        List.of("x_2"), names("plot", "a/x.jpg", "out/x_7.angles.png").stems().subList(0, 1));
    assertEquals(
        List.of("x", "x_3.angles_2"), names("plot,overlay", "a/x.jpg", "b/x_3.angles.jpg").stems());
  }

  @Test
  void endingsOfSeveralPartsMeetNoOthers() {
    assertEquals(
        List.of("x", "x.wide_2"), names("csv,csv-wide", "a/x.jpg", "b/x.wide.jpg").stems());
    assertEquals(List.of("x", "x.smooth_2"), names("json", "a/x.mp4", "b/x.smooth.mp4").stems());
  }

  @Test
  void sheetsMeetNoOthers() throws IOException {
    assertEquals("sheet", names("sheet", "a/x.jpg").sheet());
    write("out/sheet_01.png");
    assertEquals("sheet_2", names("sheet", "out/sheet_01.png").sheet());
  }

  @Test
  void addressesDifferThoughTheirSecretsAreNotTold() throws IOException {
    List<OutputNames.Input> inputs =
        List.of(
            OutputNames.Input.of(Picture.of(URI.create("https://h.example/p.jpg?id=1"))),
            OutputNames.Input.of(Picture.of(URI.create("https://h.example/p.jpg?id=2"))),
            OutputNames.Input.of(VideoSource.of("rtsp://cam.example/real?channel=1")),
            OutputNames.Input.of(VideoSource.of("rtsp://cam.example/real?channel=2")));
    OutputNames names =
        OutputNames.of(inputs, List.of(), dir.resolve("out"), Saving.of(List.of("json")));
    assertEquals(List.of("p", "p_2", "real", "real_2"), names.stems());
    assertEquals(
        names, OutputNames.of(inputs, List.of(), dir.resolve("out"), Saving.of(List.of("json"))));
  }

  @Test
  void aFolderOfFramesHasANameWhereverItIsNamedFrom() {
    assertEquals(
        "frames",
        OutputNames.Input.of(new VideoSource.Folder(dir.resolve("frames/../frames/."), 25)).stem());
  }

  private Path write(String name) throws IOException {
    Path file = dir.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, name);
  }

  private OutputNames names(String saved, String... pictures) {
    return OutputNames.of(
        Stream.of(pictures).map(dir::resolve).map(Picture::of).map(OutputNames.Input::of).toList(),
        List.of(),
        dir.resolve("out"),
        Saving.of(List.of(saved.split(",", -1))));
  }
}
