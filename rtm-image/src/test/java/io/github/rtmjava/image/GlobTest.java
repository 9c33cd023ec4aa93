package io.github.rtmjava.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class GlobTest {
  @TempDir Path dir;

  @BeforeEach
  void makeFiles() throws IOException {
    for (String name :
        List.of(
            "a.jpg",
            "b.jpg",
            "c1.png",
            "-.png",
            "x[1].jpg",
            ".hidden.jpg",
            "photos [2024]/p.jpg",
            "photos [2024]/deep/q.jpg",
            "nest/one/r.jpg",
            "nest/one/two/s.jpg",
            "nest/t.jpg",
            ".secret/u.jpg",
            "{x}/v.jpg",
            "{x}/w,x.jpg")) {
      Path file = dir.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*.jpg | a.jpg b.jpg x[1].jpg",
        "[ab].jpg | a.jpg b.jpg",
        "[!a].jpg | b.jpg",
        "[b-z].jpg | b.jpg",
        "[z-b].jpg | ''",
        "[]-].png | -.png",
        "?1.png | c1.png",
        "c[0-9].png | c1.png",
        "{a,b}.jpg | a.jpg b.jpg",
        "{a,c1}.{jpg,png} | a.jpg c1.png",
        ".*.jpg | .hidden.jpg",
        "photos [2024]/*.jpg | photos#[2024]/p.jpg",
        "photos [2024]/**/*.jpg | photos#[2024]/deep/q.jpg photos#[2024]/p.jpg",
        "{x}/*.jpg | {x}/v.jpg {x}/w,x.jpg",
        "nest/**/*.jpg | nest/one/r.jpg nest/one/two/s.jpg nest/t.jpg",
        "nest/**.jpg | nest/one/r.jpg nest/one/two/s.jpg nest/t.jpg",
        "nest/** | nest/one nest/one/r.jpg nest/one/two nest/one/two/s.jpg nest/t.jpg",
        "nest/**/two/*.jpg | nest/one/two/s.jpg",
        "**/nest/**/r.jpg | nest/one/r.jpg",
        "*/*/*.jpg | nest/one/r.jpg photos#[2024]/deep/q.jpg",
        "** /u.jpg | ''",
        ".s*/*.jpg | .secret/u.jpg",
        "x[[]1].jpg | x[1].jpg",
        "x[1].jpg | x[1].jpg",
        "[ | ''",
        "{ | ''"
      })
  void patternsMeanWhatTheyDoInPython(String pattern, String expected) throws IOException {
    List<String> names = expected.isEmpty() ? List.of() : List.of(expected.split(" ", -1));
    assertEquals(
        names.stream().map(name -> name.replace('#', ' ')).sorted().toList(),
        find(dir + "/" + pattern.replace("** /", "**/")));
  }

  @Test
  void linksThatLeadBackAreFollowedOnce() throws IOException {
    assumeTrue(File.separatorChar == '/');
    Files.createSymbolicLink(dir.resolve("nest/back"), dir);
    assertEquals(List.of("nest/one/r.jpg"), find(dir + "/nest/one/**/r.jpg"));
    assertEquals(
        1,
        Glob.find(dir + "/nest/**/t.jpg").stream()
            .filter(p -> !p.toString().contains("back"))
            .count());
  }

  @Test
  void whateverStandsThereIsAPattern() throws IOException {
    Random random = new Random(3);
    String letters = "ab*?[]!-{},.^\\&|()+$/";
    for (int i = 0; i < 3000; i++) {
      StringBuilder pattern = new StringBuilder();
      for (int k = random.nextInt(12); k >= 0; k--) {
        pattern.append(letters.charAt(random.nextInt(letters.length())));
      }
      Glob.find(dir + "/nest/" + pattern);
    }
  }

  private List<String> find(String pattern) throws IOException {
    return Glob.find(pattern).stream()
        .map(file -> dir.relativize(file).toString().replace('\\', '/'))
        .sorted()
        .toList();
  }
}
