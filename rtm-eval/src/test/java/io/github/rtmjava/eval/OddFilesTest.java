package io.github.rtmjava.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.pose.KeypointSet;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as others write them: what can be used is, and the rest is named. */
class OddFilesTest {
  private static final String IMAGE = "{'id':1,'file_name':'a.jpg','width':640,'height':480}";
  private static final String PERSON =
      "{'id':7,'image_id':1,'category_id':1,'bbox':[0,0,100,200],'area':9000,"
          + "'keypoints':[10,20,2,30,60,1]}";

  @TempDir Path dir;
  private final List<String> remarks = new ArrayList<>();

  private Path file(String name, String json) throws IOException {
    return Files.writeString(dir.resolve(name), json.replace('\'', '"'));
  }

  private Annotations annotations(String people, String categories) throws IOException {
    return annotations(IMAGE, people, categories, KeypointChoice.NONE);
  }

  private Annotations annotations(
      String images, String people, String categories, KeypointChoice choice) throws IOException {
    Path file =
        file(
            "truth.json",
            "{'images':["
                + images
                + "],'annotations':["
                + people
                + "],'categories':["
                + categories
                + "]}");
    return Annotations.read(file, choice, remarks::add);
  }

  private List<Prediction> results(Annotations annotations, String results) throws IOException {
    return Predictions.read(
        file("results.json", results), annotations, ScoringRules.DEFAULT, remarks::add);
  }

  private static double ap(Annotations annotations, List<Prediction> people) {
    Annotations judged = annotations;
    if (!annotations.haveSigmas()) {
      judged =
          new Annotations(
              annotations.images(),
              annotations.people(),
              KeypointSets.withSigmas(annotations.keypointSet(), List.of(0.1, 0.1)));
    }
    List<Figures> tables = new Evaluation(judged, people).tables(Set.of(Metric.AP), null);
    return Math.rint(tables.get(0).rows().get(0).values().get("AP") * 1e6) / 1e6;
  }

  private String remark() {
    assertEquals(1, remarks.size(), remarks.toString());
    assertTrue(remarks.get(0).startsWith(dir.toString()), remarks.get(0));
    return remarks.get(0);
  }

  private static final String GUESS =
      "[{'image_id':1,'category_id':1,'keypoints':[10,20,0.9,30,60,0.9],'score':0.8}]";

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 77})
  void peopleMayHaveAnyNumber(long id) throws IOException {
    Annotations read =
        annotations(
            PERSON.replace("'category_id':1", "'category_id':" + id),
            "{'id':%d,'name':'person','keypoints':[]}".formatted(id));
    assertEquals(1, ap(read, results(read, GUESS)), "results number people from 1");
    assertEquals(id == 1 ? 0 : 1, remarks.size(), remarks.toString());
    assertEquals(
        1,
        ap(read, results(read, GUESS.replace("'category_id':1,", ""))),
        "results without a category");
  }

  @Test
  void peopleAreChosenAmongWhateverHasKeypoints() throws IOException {
    String other = PERSON.replace("'id':7", "'id':8").replace("'category_id':1", "'category_id':5");
    Annotations read =
        annotations(other + "," + PERSON, "{'id':5,'name':'horse'},{'id':1,'name':'Person'}");
    assertEquals(List.of(7L), read.people().stream().map(Annotation::id).toList());
    assertTrue(remark().contains("1 annotation of the category 5 (horse): left out"), remark());
  }

  @Test
  void severalKindsOfAnimalsAreJudgedTogether() throws IOException {
    String other =
        PERSON
            .replace("'id':7", "'id':8")
            .replace("'category_id':1", "'category_id':5")
            .replace("10,20,2,30,60,1", "310,20,2,330,60,2")
            .replace("[0,0,", "[300,0,");
    Annotations read =
        annotations(other + "," + PERSON, "{'id':5,'name':'horse'},{'id':1,'name':'cow'}");
    assertEquals(2, read.categories().size());
    Path own =
        file(
            "own.json",
            "{'image':'a.jpg','persons':[{'bbox':[0,0,100,200],'keypoints':[[10,20],[30,60]]},"
                + "{'bbox':[300,0,400,200],'keypoints':[[310,20],[330,60]]}]}");
    List<Prediction> found =
        Predictions.read(own, read, ScoringRules.DEFAULT.withNms(false), remarks::add);
    assertEquals(1, ap(read, found), "a model tells no categories");
    assertEquals(List.of(), remarks);
  }

  @Test
  void strangersAmongCategoriesAreNamed() throws IOException {
    Annotations read = annotations(PERSON, "{'id':1,'name':'person'}");
    List<Prediction> found =
        results(
            read,
            GUESS.replace(
                "'score':0.8}]",
                "'score':0.8},{'image_id':1,'category_id':3,'keypoints':[1,2,1,3,4,1],'score':1}]"));
    assertEquals(1, found.size());
    assertTrue(remark().contains("of a category that is not annotated: left out"), remark());
    String none =
        "[{'image_id':1,'category_id':3,'keypoints':[1,2,1,3,4,1],'score':1},"
            + "{'image_id':1,'category_id':4,'keypoints':[1,2,1,3,4,1],'score':1}]";
    String message = assertThrows(IOException.class, () -> results(read, none)).getMessage();
    assertTrue(message.contains("theirs are 3, 4, the annotations' 1"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'keypoints':[10,20,2,30,60,1] | 'x':1 | without keypoints: left out",
        "'keypoints':[10,20,2,30,60,1] | 'keypoints':[] | without keypoints: left out",
        "'keypoints':[10,20,2,30,60,1] | 'keypoints':null | without keypoints: left out",
        "'keypoints':[10,20,2,30,60,1] | 'keypoints':[10,20,2] | 1 keypoints where others have 2",
        "'image_id':1 | 'image_id':9 | not among the pictures: left out",
      })
  void whatCannotBeJudgedIsLeftOut(String part, String replacement, String told)
      throws IOException {
    assertTrue(PERSON.contains(part), part);
    String odd = PERSON.replace(part, replacement).replace("'id':7", "'id':8");
    String third = PERSON.replace("'id':7", "'id':9").replace("10,20", "210,20");
    Annotations read = annotations(odd + "," + PERSON + "," + third, "{'id':1,'name':'person'}");
    assertEquals(List.of(7L, 9L), read.people().stream().map(Annotation::id).toList());
    assertTrue(remark().contains(told), remark());
    assertTrue(remark().contains("annotation 8"), remark());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'bbox':[0,0,100,200], | | the rectangle around the keypoints",
        "[0,0,100,200] | null | the rectangle around the keypoints",
        "[0,0,100,200] | [] | the rectangle around the keypoints",
        "[0,0,100,200] | [1,2,3] | the rectangle around the keypoints",
        "[0,0,100,200] | [0,0,-1,5] | the rectangle around the keypoints",
        "[0,0,100,200] | [0,0,0,0] | the rectangle around the keypoints",
        "[0,0,100,200] | [NaN,0,5,5] | the rectangle around the keypoints",
        "'area':9000, | | 0.53 of the box",
        "'area':9000 | 'area':0 | 0.53 of the box",
        "'area':9000 | 'area':NaN | 0.53 of the box",
        "'area':9000 | 'area':null | 0.53 of the box",
      })
  void whatIsMissingIsStoodInFor(String part, String replacement, String told) throws IOException {
    assertTrue(PERSON.contains(part), part);
    String odd = PERSON.replace(part, replacement == null ? "" : replacement);
    String whole = PERSON.replace("'id':7", "'id':8").replace("10,20", "210,20");
    Annotations read = annotations(odd + "," + whole, "{'id':1,'name':'person'}");
    assertTrue(remark().contains(told), remark());
    Annotation person = read.people().get(0);
    if (part.contains("area")) {
      assertEquals(0.53 * 100 * 200, person.area(read.haveAreas()), 1e-9);
    } else {
      assertArrayEquals(new double[] {10, 20, 20, 40}, person.bbox());
    }
    assertTrue(person.isPerson());
    assertEquals(9000, read.people().get(1).area(read.haveAreas()), "of the others as annotated");
  }

  @Test
  void crowdsNeedNoKeypoints() throws IOException {
    String crowd =
        "{'id':8,'image_id':1,'category_id':1,'bbox':[300,0,100,200],'area':20000,'iscrowd':1}";
    Annotations read = annotations(crowd + "," + PERSON, "{'id':1,'name':'person'}");
    assertEquals(List.of(), remarks);
    String inCrowd =
        "[{'image_id':1,'category_id':1,'keypoints':[310,20,1,330,60,1],'score':0.9},"
            + GUESS.substring(1);
    assertEquals(1, ap(read, results(read, inCrowd)), "who is found in a crowd is not wrong");
  }

  @Test
  void picturesWithoutAnnotationsCount() throws IOException {
    Annotations read =
        annotations(
            IMAGE + "," + IMAGE.replace("'id':1", "'id':2").replace("a.jpg", "b.jpg"),
            PERSON,
            "",
            KeypointChoice.NONE);
    String empty = "{'image_id':2,'category_id':1,'keypoints':[1,2,1,3,4,1],'score':0.9}";
    List<Prediction> found = results(read, "[" + empty + "," + GUESS.substring(1));
    assertEquals(0.5, ap(read, found), 1e-9, "who is found in an empty picture is wrong");
  }

  @Test
  void numbersThatAreNoneCountAsNotAnnotated() throws IOException {
    Annotations harmless = annotations(PERSON.replace("30,60,1", "NaN,-Infinity,0"), "");
    assertEquals(List.of(), remarks);
    assertArrayEquals(new double[] {10, 20, 2, 0, 0, 0}, harmless.people().get(0).keypoints());
    Annotations told = annotations(PERSON.replace("30,60,1", "null,60,2"), "");
    assertArrayEquals(new double[] {10, 20, 2, 0, 0, 0}, told.people().get(0).keypoints());
    assertTrue(remark().contains("count as not annotated"), remark());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'score':0.8 | 'score':NaN | result 0 of picture 1: expected a finite score, found NaN",
        "'score':0.8 | 'score':Infinity | found Infinity",
        "10,20,0.9 | NaN,20,0.9 | result 0 of picture 1: expected finite numbers of keypoint 0",
        "10,20,0.9 | 10,20,NaN | keypoint 0",
      })
  void predictionsAreNumbers(String part, String replacement, String told) throws IOException {
    Annotations read = annotations(PERSON, "");
    assertTrue(GUESS.contains(part), part);
    String message =
        assertThrows(IOException.class, () -> results(read, GUESS.replace(part, replacement)))
            .getMessage();
    assertTrue(message.contains(told), message);
    assertTrue(message.contains("results.json, line 1: "), message);
  }

  @Test
  void aKeypointThatWasNotPredictedMayBeNan() throws IOException {
    Annotations read = annotations(PERSON, "");
    Prediction found = results(read, GUESS.replace("10,20,0.9", "NaN,NaN,NaN")).get(0);
    assertArrayEquals(new double[] {0, 0, 0, 30, 60, 0.9}, found.keypoints());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.jpg | a.jpg",
        "img/a.jpg | a.jpg",
        "a.jpg | out\\img\\a.jpg",
        "img\\a.jpg | /data/img/a.jpg",
        "C:\\x\\a b.jpg | a%20b.jpg",
        "a%20b.jpg | a%20b.jpg",
        "https://x.org/val/a.jpg | a.jpg",
        "A.JPG | a.jpg",
      })
  void resultsAreJoinedByName(String annotated, String result) throws IOException {
    String image = IMAGE.replace("a.jpg", annotated.replace("\\", "\\\\"));
    Annotations read = annotations(image, PERSON, "", KeypointChoice.NONE);
    String named =
        GUESS.replace(
            "'image_id':1", "'image_id':12,'file_name':'" + result.replace("\\", "\\\\") + "'");
    assertEquals(1, ap(read, results(read, named)));
    String inPlace =
        GUESS.replace("'image_id':1", "'image_id':'" + result.replace("\\", "\\\\") + "'");
    assertEquals(1, ap(read, results(read, inPlace)), "names in place of numbers");
    assertEquals(List.of(), remarks);
  }

  @Test
  void foldersTellPicturesOfOneNameApart() throws IOException {
    String images =
        "{'id':1,'file_name':'x/a.jpg'},{'id':2,'file_name':'y/a.jpg'},"
            + "{'id':3,'file_name':'z/A.jpg'}";
    Annotations read = annotations(images, PERSON, "", KeypointChoice.NONE);
    String named = "'file_name':'%s'";
    for (String name : List.of("/data/y/a.jpg", "y\\\\a.jpg")) {
      Prediction found = results(read, GUESS.replace("'image_id':1", named.formatted(name))).get(0);
      assertEquals(2, found.imageId(), name);
    }
    String unclear = GUESS.replace("'image_id':1", named.formatted("a.jpg"));
    String message = assertThrows(IOException.class, () -> results(read, unclear)).getMessage();
    assertTrue(message.contains("expected one picture named 'a.jpg'"), message);
  }

  @Test
  void resultsOfOtherPicturesAreCounted() throws IOException {
    Annotations read = annotations(PERSON, "");
    String other =
        GUESS.replace("'image_id':1", "'image_id':4").replace("[{", "{").replace("}]", "}");
    assertEquals(1, results(read, "[" + other + "," + other + "," + GUESS.substring(1)).size());
    assertTrue(
        remark().contains("2 results of pictures that are not annotated: left out"), remark());
    assertTrue(remark().contains("picture 4"), remark());
    String message =
        assertThrows(IOException.class, () -> results(read, "[" + other + "]")).getMessage();
    assertTrue(message.contains("no result is of a picture that is annotated"), message);
    assertTrue(message.contains("the first annotated picture is 1 (a.jpg)"), message);
  }

  @Test
  void detectionsAreJoinedTheSameWay() throws IOException {
    Annotations read = annotations(PERSON.replace("'category_id':1", "'category_id':0"), "");
    Path boxes =
        file(
            "boxes.json",
            "[{'file_name':'b\\\\a.jpg','category_id':1,'bbox':[1,2,3,4],'score':0.5},"
                + "{'image_id':1,'category_id':18,'bbox':[1,2,3,4],'score':0.5}]");
    List<ScoredBox> found = ScoredBox.readPeople(boxes, read, remarks::add);
    assertEquals(1, found.size());
    assertEquals(1, found.get(0).imageId());
    assertEquals(0, found.get(0).categoryId());
    assertEquals(2, remarks.size(), remarks.toString());
  }

  @Test
  void aFolderOfResultsOfCocosFormIsRead() throws IOException {
    Annotations read = annotations(PERSON, "");
    Path folder = Files.createDirectory(dir.resolve("out"));
    file("out/a.coco.json", GUESS.replace("'image_id':1", "'image_id':1,'file_name':'a.jpg'"));
    file("out/b.coco.json", "[]");
    assertEquals(1, Predictions.read(folder, read, ScoringRules.DEFAULT, remarks::add).size());
    assertEquals(List.of(), remarks);
    file("out/a.json", "{'image':'a.jpg','persons':[]}");
    assertEquals(0, Predictions.read(folder, read, ScoringRules.DEFAULT, remarks::add).size());
    assertTrue(remark().contains("files of COCO's form beside"), remark());
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void aByteOrderMarkIsNoError(String charset) throws IOException {
    String json =
        "\uFEFF" + ("{'images':[" + IMAGE + "],'annotations':[" + PERSON + "]}").replace('\'', '"');
    Path file = dir.resolve("bom.json");
    Files.write(file, json.getBytes(Charset.forName(charset)));
    Annotations read = Made.annotations(file);
    assertEquals(1, read.people().size());
    Path results = dir.resolve("bom-results.json");
    Files.write(results, ("\uFEFF" + GUESS.replace('\'', '"')).getBytes(StandardCharsets.UTF_8));
    assertEquals(1, Made.results(results, read).size());
  }

  @Test
  void idsMayBeWrittenAsPandasDoes() throws IOException {
    Annotations read = annotations(PERSON.replace("'id':7", "'id':7.0"), "");
    assertEquals(7, read.people().get(0).id());
    String text = GUESS.replace("'image_id':1", "'image_id':'000001'");
    assertEquals(1, results(read, text).get(0).imageId());
  }

  private static String seventeen(String names) {
    String points = "1,2,2,".repeat(16) + "3,4,2";
    return PERSON.replace("10,20,2,30,60,1", points)
        + "|{'id':1,'name':'tier','keypoints':["
        + names
        + "]}";
  }

  private Annotations ofSeventeen(String names, KeypointChoice choice) throws IOException {
    String[] parts = seventeen(names).split("\\|", -1);
    return annotations(IMAGE, parts[0], parts[1], choice);
  }

  private static String names(String first) {
    StringBuilder names = new StringBuilder();
    for (int k = 0; k < 17; k++) {
      names.append(k == 0 ? "" : ",").append("'").append(first).append(k).append("'");
    }
    return names.toString();
  }

  @Test
  void namesInTheFileComeBeforeTheNumber() throws IOException {
    Annotations animals = ofSeventeen(names("paw_of_leg_"), KeypointChoice.NONE);
    assertEquals("tier", animals.keypointSet().name());
    assertEquals("paw_of_leg_3", animals.keypointSet().points().get(3).name());
    assertFalse(animals.haveSigmas(), "COCO's sigmas are not theirs");
    assertEquals(Set.of(Metric.PCK), Metric.usual(animals, List.of()));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new Evaluation(animals, List.of()).tables(Set.of(Metric.AP), null))
            .getMessage();
    assertTrue(message.contains("--sigmas"), message);
    assertEquals("coco", ofSeventeen(names("keypoint_"), KeypointChoice.NONE).keypointSet().name());
    assertEquals("coco", ofSeventeen("", KeypointChoice.NONE).keypointSet().name());
    assertEquals(
        "coco", ofSeventeen(names("paw_"), KeypointChoice.of("coco")).keypointSet().name());
    StringBuilder spelt = new StringBuilder();
    for (KeypointSet.Point point : KeypointSet.of("coco", 17).points()) {
      spelt.append(spelt.isEmpty() ? "'" : ",'");
      spelt.append(point.name().replace("left_", "L-").replace("right_", "R ")).append("'");
    }
    assertEquals("coco", ofSeventeen(spelt.toString(), KeypointChoice.NONE).keypointSet().name());
  }

  @Test
  void ownSigmasJudgeOwnKeypoints() throws IOException {
    String off = GUESS.replace("10,20,0.9", "12,20,0.9");
    Annotations wide =
        annotations(IMAGE, PERSON, "", new KeypointChoice("mine", List.of(0.5, 0.5)));
    Annotations narrow =
        annotations(IMAGE, PERSON, "", new KeypointChoice(null, List.of(0.001, 0.001)));
    assertEquals("mine", wide.keypointSet().name());
    assertEquals(1, ap(wide, results(wide, off)));
    assertTrue(ap(narrow, results(narrow, off)) < 0.2);
    assertEquals(Set.of(Metric.AP), Metric.usual(wide, List.of()));
    String message =
        assertThrows(
                IOException.class,
                () -> annotations(IMAGE, PERSON, "", new KeypointChoice(null, List.of(0.1))))
            .getMessage();
    assertTrue(message.contains("a sigma for each of 2 keypoints, found 1"), message);
  }

  @Test
  void sigmasInTheFileAndOfAModelJudgeToo() throws IOException {
    Annotations told =
        annotations(
            PERSON, "{'id':1,'name':'mouse','keypoints':['nose','tail'],'sigmas':[0.1,0.2]}");
    assertEquals(0.2f, told.keypointSet().points().get(1).sigma());
    Annotations silent = annotations(PERSON, "{'id':1,'name':'mouse','keypoints':['nose','tail']}");
    assertFalse(silent.haveSigmas());
    assertFalse(silent.orSigmasOf(KeypointSet.of("unknown", 2)).haveSigmas());
    assertTrue(silent.orSigmasOf(Made.TORSO).haveSigmas());
    assertTrue(silent.namesDifferFrom(Made.TORSO));
    assertFalse(silent.namesDifferFrom(silent.keypointSet()));
  }

  @Test
  void aSetThatIsNotThereIsCalledThat() {
    String unknown =
        assertThrows(
                IOException.class,
                () -> annotations(IMAGE, PERSON, "", KeypointChoice.of("my_mouse")))
            .getMessage();
    assertTrue(unknown.contains("there is no keypoint set 'my_mouse'"), unknown);
    assertTrue(unknown.contains("coco, coco_wholebody"), unknown);
    String other =
        assertThrows(
                IOException.class,
                () -> annotations(IMAGE, PERSON, "", KeypointChoice.of("halpe26")))
            .getMessage();
    assertTrue(other.contains("expected the 26 keypoints of the set 'halpe26', found 2"), other);
  }
}
