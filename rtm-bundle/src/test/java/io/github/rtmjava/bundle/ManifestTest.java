package io.github.rtmjava.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Provenance;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.pose.KeypointSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code model.json}, compared with files that were written before records read it. */
class ManifestTest {
  private static byte[] file(String name) throws IOException {
    try (InputStream in = ManifestTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  private static String text(String name) throws IOException {
    return new String(file(name + ".model.json"), StandardCharsets.UTF_8);
  }

  private static Manifest read(String json) throws IOException {
    return Manifest.read(json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtmdet-nano_synth-320",
        "rtmw3d-t_synth-128x96",
        "detector",
        "depth",
        "visibility",
        "dcc",
        "hands",
        "keypoints"
      })
  void whatIsReadIsWrittenToTheByte(String name) throws IOException {
    assertEquals(text(name), new String(read(text(name)).toBytes(), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"visibility", "keypoints"})
  void notesAreReadAndWrittenToTheByte(String name) throws IOException {
    String text = new String(file(name + ".note.json"), StandardCharsets.UTF_8);
    ModelNote note =
        ModelNote.in(new Data.Dict(Map.of(ModelNote.KEY, new Data.Text(text)))).orElseThrow();
    assertEquals(text, note.text());
    assertEquals("MIT", note.licence());
  }

  @Test
  void everyFieldIsRead() throws IOException {
    Map<String, Data> dataset = new LinkedHashMap<>();
    dataset.put(
        "classes", new Data.Items(List.of(new Data.Text("dog"), new Data.Text("\u0001\u20ac"))));
    dataset.put("empty", new Data.Items(List.of()));
    Map<String, Data> meta = new LinkedHashMap<>();
    meta.put("epoch", new Data.Int(1L << 35));
    meta.put("rate", new Data.Real(0.125));
    meta.put("small", new Data.Real(1e-7));
    meta.put("whole", new Data.Real(3));
    meta.put("large", new Data.Real(1e300));
    meta.put("done", new Data.Bool(true));
    meta.put("none", new Data.None());
    meta.put("dataset_meta", new Data.Dict(dataset));
    KeypointSet keypoints =
        new KeypointSet(
            "mine",
            List.of(
                new KeypointSet.Point("left \"a\"", 1, 0.025f, 0xff8000),
                new KeypointSet.Point("right", 0, 0, 0),
                KeypointSet.Point.named("nose")),
            List.of(new KeypointSet.Link(0, 1, 0x3399ff), new KeypointSet.Link(1, 2, 0)));
    ModelSpec spec =
        new ModelSpec(
            "rtmpose",
            Task.POSE_2D,
            new InputSpec(
                288,
                384,
                InputSpec.ChannelOrder.RGB,
                new float[] {1.1f, 2, 3},
                new float[] {4, 5.5f, 0.1f}),
            new Codec.Simcc(1.7777777777777777, 288, 2.1744869, 5.6),
            List.of("mine"),
            Map.of("keypoints", 3, "a", -2),
            keypoints);
    assertEquals(
        new Manifest(
            "mine",
            spec,
            new Provenance("file\u00fc.pth", "00ff", "rtm-java converter 0.1", "Apache-2.0"),
            1L << 40,
            "a75e",
            Map.of("z", "a", "b", "a"),
            new Data.Dict(meta)),
        read(text("keypoints")));
  }

  @Test
  void fieldsOfLaterVersionsArePassedOver() throws IOException {
    String json = text("visibility");
    String more =
        json.replace("\"width\"", "\"more\" : [ { } ], \"width\"")
            .replace("\"type\" :", "\"more\" : null, \"type\" :")
            .replace("\"aliases\"", "\"more\" : 1.5, \"aliases\"");
    assertEquals(read(json), read(more));
  }

  @Test
  void metadataThatIsNoneIsPassedOver() throws IOException {
    String json = text("depth");
    for (String meta : List.of("3", "null", "[ 1 ]", "{ }")) {
      assertEquals(
          read(json), read(json.replace("\"aliases\"", "\"meta\" : " + meta + ", \"aliases\"")));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "depth     | \"width\" : 288   | \"width\" : \"288\"  | a whole number in 'input.width' of model.json, found text",
        "depth     | \"width\" : 288   | \"width\" : 288.5    | a whole number in 'input.width' of model.json, found the number 288.5",
        "depth     | \"width\" : 288   | \"width\" : 9999999999 | a whole number in 'input.width' of model.json, found the number 9999999999",
        "depth     | \"width\" : 288   | \"width\" : null     | a whole number in 'input.width' of model.json, found null",
        "depth     | \"width\" : 288,  | ''                   | a whole number in 'input.width' of model.json, found nothing",
        "depth     | 1.1, 2.0          | 1.1, \"NaN\"         | a number in 'input.mean[1]' of model.json, found text",
        "depth     | [ 1.1, 2.0, 3.0 ] | 1.1                  | a list in 'input.mean' of model.json, found the number 1.1",
        "depth     | [ 1.1, 2.0, 3.0 ] | [ 1.1 ]              | mean and std of three channels",
        "depth     | \"RGB\"           | \"GBR\"              | one of [RGB, BGR] in 'input.channelOrder' of model.json, found 'GBR'",
        "depth     | \"POSE_3D\"       | \"COOKING\"          | in 'task' of model.json, found 'COOKING'",
        "depth     | \"simcc\"         | \"heatmap\"          | a codec 'boxes', 'simcc', 'handVolumes' or 'dcc', found 'heatmap'",
        "depth     | \"type\"          | \"kind\"             | text in 'codec.type' of model.json, found nothing",
        "depth     | 5.6               | \"NaN\"              | a number in 'codec.rootZ' of model.json, found text",
        "depth     | \"a\" : -2        | \"a\" : \"2\"        | a whole number in 'hyperParameters.a' of model.json, found text",
        "depth     | \"a\" : -2        | \"a\" : 2147483648 | a whole number in 'hyperParameters.a' of model.json, found the number 2147483648",
        "depth     | \"aliases\" : { } | \"aliases\" : [ ]    | an object in 'aliases' of model.json, found a list",
        "depth     | \"name\"          | \"nome\"             | text in 'name' of model.json, found nothing",
        "depth     | [ \"coco_wholebody\" ] | [ 3 ]           | text in 'labels[0]' of model.json, found the number 3",
        "hands     | \"depthBins\" : 64 | \"depthBins\" : 0   | a sound specification",
        "keypoints | \"sigma\" : 0.025 | \"sigma\" : true     | a number in 'keypoints.points[0].sigma' of model.json, found true",
        "keypoints | [ 1, 2, 0 ]       | [ 1, 2 ]             | links as [from, to, rgb] in model.json",
        "keypoints | [ 1, 2, 0 ]       | [ 1, 2, null ]       | a value in 'keypoints.links[1][2]' of model.json, found null",
        "keypoints | [ 1, 2, 0 ]       | [ 1, 7, 0 ]          | found the link 1-7",
      })
  void whatDoesNotFitIsNamed(String name, String from, String to, String words) throws IOException {
    String json = text(name);
    assertTrue(json.contains(from), json);
    CheckpointException e =
        assertThrows(CheckpointException.class, () -> read(json.replace(from, to)));
    assertTrue(String.valueOf(e.getMessage()).contains(words), e::getMessage);
  }
}
