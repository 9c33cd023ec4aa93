package io.github.rtmjava.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.pose.KeypointSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingTest {
  private static final String GOOD =
      "{'annotations':[{'id':7,'image_id':3,'category_id':1,'bbox':[1,2,30,40],'area':500,"
          + "'iscrowd':0,'num_keypoints':1,'segmentation':{'counts':[1,2,[3]],'size':[4,5]},"
          + "'keypoints':[5,6,2,0,0,0]}],'images':[{'id':3,'file_name':'a/b.jpg','width':64,"
          + "'height':48,'license':1}],'info':{'year':2017},'categories':[{'id':1}]}";

  @TempDir Path dir;

  private Path file(String json) throws IOException {
    return Files.writeString(dir.resolve("file.json"), json.replace('\'', '"'));
  }

  private String refused(String json) throws IOException {
    Path file = file(json);
    String message = assertThrows(IOException.class, () -> Made.annotations(file)).getMessage();
    assertTrue(message.startsWith(file.toString()), message);
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  @Test
  void readsWhatCocoHas() throws IOException {
    Annotations read = Made.annotations(file(GOOD));
    assertEquals(List.of(new AnnotatedImage(3, "a/b.jpg", 64, 48, null, null)), read.images());
    Annotation person = read.people().get(0);
    assertEquals(7, person.id());
    assertArrayEquals(new double[] {1, 2, 30, 40}, person.bbox());
    assertArrayEquals(new double[] {5, 6, 2, 0, 0, 0}, person.keypoints());
    assertEquals(500, person.area(true));
    assertTrue(person.isPerson());
    assertEquals(2, read.keypointSet().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'id':7, | | 'id'",
        "'image_id':3, | | 'image_id'",
        "'keypoints':[5,6,2,0,0,0] | 'x':1 | keypoints",
        "[5,6,2,0,0,0] | [] | keypoints",
        "[5,6,2,0,0,0] | [5,6,2,0,0] | found 5 numbers",
        "[5,6,2,0,0,0] | [5,6,2,0,0,NaN] | NaN",
        "[5,6,2,0,0,0] | [5,6,2,0,0,1e999] | finite",
        "[5,6,2,0,0,0] | [5,6,2,0,0,'a'] | a string",
        "[5,6,2,0,0,0] | 5 | array",
        "'area':500 | 'area':-1 | area",
        "'id':3 | 'id':4 | picture 3",
        "'id':3 | 'id':3.5 | integer",
        "'id':3 | 'id':99999999999999999999 | 64 bits",
        "'file_name':'a/b.jpg', | | file_name",
        "'images': | 'pictures': | 'images'",
        "'year':2017}, | 'year':2017, | JSON",
      })
  void whatIsWrongIsSaidInOneLine(String part, String replacement, String told) throws IOException {
    assertTrue(GOOD.contains(part), part);
    String message = refused(GOOD.replace(part, replacement == null ? "" : replacement));
    assertTrue(message.contains(told), message);
  }

  @Test
  void twoOfOneIdAreRefused() throws IOException {
    String person = GOOD.substring(GOOD.indexOf("{'id':7"), GOOD.indexOf("],'images'"));
    assertTrue(refused(GOOD.replace(person, person + "," + person)).contains("two of id 7"));
  }

  @Test
  void aFileCutShortIsRefused() throws IOException {
    refused(GOOD.substring(0, 100));
    refused("");
    refused("{'images':[]");
  }

  @Test
  void endlessNumbersAreRefused() throws IOException {
    String many = "1,".repeat(3 * KeypointSets.MOST) + "1";
    assertTrue(refused(GOOD.replace("5,6,2,0,0,0", many)).contains("at most"));
  }

  @Test
  void wholeBodiesNeedAllParts() throws IOException {
    assertTrue(
        refused(GOOD.replace("'area'", "'foot_kpts':[1,2,3],'area'"))
            .contains("51 numbers in keypoints"));
  }

  @Test
  void cocoTakesTheBodyOfWholeBodies() throws IOException {
    Path whole = ReferenceToolsTest.resource("wholebody-annotations.json");
    assertEquals(133, Made.annotations(whole).keypointSet().size());
    assertEquals("coco", Made.annotations(whole, "coco").keypointSet().name());
  }

  /** A picture of this project's form with one person whose K keypoints have names. */
  private static String picture(List<String> names) {
    String xy = String.join(",", Collections.nCopies(names.size(), "[5,6]"));
    String xyz = String.join(",", Collections.nCopies(names.size(), "[0,0,1]"));
    return "{'image':'x.png','keypoint_names':['%s'],'persons':[{'bbox':[1,2,31,42],'keypoints':[%s],'keypoints_3d':[%s]}]}"
        .formatted(String.join("','", names), xy, xyz);
  }

  private static List<String> names(String set, int size) {
    return KeypointSet.of(set, size).points().stream().map(KeypointSet.Point::name).toList();
  }

  @ParameterizedTest
  @CsvSource({"coco_wholebody,133", "halpe26,26"})
  void cocoTakesTheBodyOfWhatBeginsWithIt(String set, int size) throws IOException {
    Path file = file(picture(names(set, size)));
    Annotations read = Made.annotations(file, "coco");
    assertEquals("coco", read.keypointSet().name());
    Annotation person = read.people().get(0);
    assertEquals(17, person.size());
    assertEquals(17, person.keypoints3d().length);
    assertEquals(17, Made.results(file, read).get(0).size());
  }

  @Test
  void cocoTakesTheBodyOfWholeBodiesInOneList() throws IOException {
    String face = "0,0,0,".repeat(132) + "5,6,2"; // the last one alone is annotated
    Path file = file(GOOD.replace("5,6,2,0,0,0", face));
    Annotation person = Made.annotations(file, "coco").people().get(0);
    assertEquals(17, person.size());
    assertFalse(person.isPerson(), "nothing of the body is annotated");
    assertNull(person.declaredKeypoints(), "which counts the others too");
  }

  @Test
  void cocoIsNotTakenOfWhatBeginsOtherwise() throws IOException {
    List<String> hands = new ArrayList<>(names("coco_wholebody", 133));
    Collections.rotate(hands, 42);
    Path file = file(picture(hands));
    String message =
        assertThrows(IOException.class, () -> Made.annotations(file, "coco")).getMessage();
    assertTrue(message.contains("expected the 17 keypoints of the set 'coco'"), message);
    Annotations bodies =
        Made.annotations(
            Files.writeString(
                dir.resolve("body.json"), picture(names("coco", 17)).replace('\'', '"')));
    message = assertThrows(IOException.class, () -> Made.results(file, bodies)).getMessage();
    assertTrue(message.contains("begin with the body"), message);
  }

  @Test
  void theNamedSetMustFit() throws IOException {
    Path file = file(GOOD);
    assertTrue(
        assertThrows(IOException.class, () -> Made.annotations(file, "halpe26"))
            .getMessage()
            .contains("found 2"));
  }

  @Test
  void resultsOfUnknownPicturesAreRefused() throws IOException {
    Annotations annotations = Made.annotations(file(GOOD));
    Path results = file("[{'image_id':4,'category_id':1,'keypoints':[1,2,3,4,5,6],'score':0.5}]");
    assertTrue(
        assertThrows(IOException.class, () -> Made.results(results, annotations))
            .getMessage()
            .contains("picture 4"));
  }

  @Test
  void resultsOfAnotherSetAreRefused() throws IOException {
    Annotations annotations = Made.annotations(file(GOOD));
    Path results = file("[{'image_id':3,'category_id':1,'keypoints':[1,2,3],'score':0.5}]");
    assertTrue(
        assertThrows(IOException.class, () -> Made.results(results, annotations))
            .getMessage()
            .contains("expected 2 keypoints"));
  }

  @Test
  void ownFormIsReadAsAnnotationsAndAsResults() throws IOException {
    Path file =
        file(
            "{'image':'photos/x.png','width':64,'height':48,'frame':'camera','camera':{'f':[50,60],"
                + "'c':[32,24]},'persons':[{'bbox':[1,2,31,42],'bbox_score':0.5,'root_depth':3,"
                + "'keypoints':[[5,6],[7,8]],'keypoints_3d':[[0,0,1],[0,0,2]],"
                + "'keypoint_scores':[0.8,0.1]}]}");
    Annotations read = Made.annotations(file);
    assertEquals(new AnnotatedImage.Lens(50, 60, 32, 24), read.images().get(0).lens());
    assertTrue(read.have3d());
    Prediction guess = Made.results(file, read).get(0);
    assertArrayEquals(new double[] {1, 2, 30, 40}, guess.bbox());
    assertEquals(0.5 * 0.8, guess.score(), 1e-7, "keypoints of at most 0.2 do not count");
    assertEquals(2, guess.keypoints3d()[1][2]);
  }

  @Test
  void otherFramesAreRefused() throws IOException {
    assertTrue(
        refused(
                "{'image':'x.png','frame':'z_up','persons':[{'bbox':[1,2,31,42],"
                    + "'keypoints':[[5,6]],'keypoints_3d':[[0,0,1]]}]}")
            .contains("z_up"));
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    for (String name : List.of("coco-b", "wholebody")) {
      Annotations annotations =
          Made.annotations(ReferenceToolsTest.resource(name + "-annotations.json"));
      List<Prediction> all =
          Made.results(ReferenceToolsTest.resource(name + "-results.json"), annotations);
      Path copy = dir.resolve(name + ".json");
      CocoResults.write(all, copy);
      List<Prediction> again = Made.results(copy, annotations);
      assertEquals(all.size(), again.size());
      for (int i = 0; i < all.size(); i++) {
        assertArrayEquals(all.get(i).keypoints(), again.get(i).keypoints());
        assertArrayEquals(all.get(i).bbox(), again.get(i).bbox());
        assertEquals(all.get(i).score(), again.get(i).score());
      }
    }
  }
}
