package io.github.rtmjava.converter.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.converter.Conversion;
import io.github.rtmjava.converter.ConversionOptions;
import io.github.rtmjava.converter.testing.TorchFiles;
import io.github.rtmjava.model.Model;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles whose description lies. */
class BundleAttacksTest {
  /** An RTMDet's hyper-parameters: as small as they come. */
  private static final String HYPER =
      IntStream.rangeClosed(1, 4)
              .mapToObj(
                  i -> "\"backbone_stage%d\": 8, \"backbone_stage%d_blocks\": 1".formatted(i, i))
              .collect(Collectors.joining(", "))
          + ", \"backbone_stem\": 4, \"backbone_stem_out\": 8, \"depthwise\": 0, \"attention\": 1,"
          + " \"neck_blocks\": 1, \"neck_out\": 8, \"classes\": 1, \"head_channels\": 8,"
          + " \"stacked_convs\": 1, \"exp_on_reg\": 0";

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\": \"b\", \"b\": \"a\"}                 | alias",
        "{\"a\": \"a\"}                               | alias",
        "{\"a\": \"no.such.weight\"}                  | alias",
        "{\"head.bias\": \"head.weight\"}             | alias",
        "{\"a\": 1}                                   | expected text",
        "[]                                           | expected an object",
        "{\"a\\n\\u001b[2J\": \"b\"}                  | alias",
      })
  void aliasesThatLeadNowhereAreRefused(String aliases, String phrase) throws IOException {
    assertRefused(bundle("\"aliases\" : { }", "\"aliases\" : " + aliases), phrase);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-2147483648", "-1", "0", "5", "65536", "2147483647"})
  void widthsThatTheWeightsDoNotHaveAreRefused(String width) throws IOException {
    assertRefused(bundle("\"width\" : 4", "\"width\" : " + width), "toy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2147483648", "1e9", "null", "\"4\"", "1.5", "[4]"})
  void hyperParametersThatAreNoIntegersAreRefused(String width) throws IOException {
    assertRefused(bundle("\"width\" : 4", "\"width\" : " + width), "width");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-32", "4097", "1000000", "2147483647"})
  void inputSizesBeyondUseAreRefused(String width) throws IOException {
    assertRefused(bundle("\"width\" : 32", "\"width\" : " + width), "input size");
  }

  @Test
  void theLargestInputCostsNothingBeforeItIsRun() throws IOException {
    String json = bundle("\"width\" : 32", "\"width\" : 4096");
    write(json.replace("\"height\" : 32", "\"height\" : 4096"));
    assertEquals(4096, open().spec().input().width());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1000, 1_000_000, Integer.MAX_VALUE})
  void anyNumberOfBlocksIsRefused(int blocks) throws IOException {
    assertRefused(detector("backbone_stage1_blocks", blocks), "rtmdet");
  }

  @ParameterizedTest
  @CsvSource({
    "backbone_stem, 2147483647",
    "backbone_stage4, 2147483647",
    "backbone_stage2, 1",
    "backbone_stage2, 0",
    "backbone_stage2, -1",
    "neck_blocks, 2147483647",
    "neck_out, 2147483647",
    "classes, 2147483647",
    "head_channels, 0",
    "stacked_convs, 2147483647",
    "depthwise, 1"
  })
  void sizesOfADetectorBeyondItsWeightsAreRefused(String name, int value) throws IOException {
    assertRefused(detector(name, value), "rtmdet");
  }

  @Test
  void anArchitectureThatNobodyKnowsIsRefused() throws IOException {
    assertRefused(
        bundle("\"architecture\" : \"toy\"", "\"architecture\" : \"java.lang.Runtime\""),
        "no architecture");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "9223372036854775807", "1e3"})
  void wrongSizesOfTheWeightsAreRefused(String size) throws IOException {
    String json = bundle("", "");
    assertRefused(json.replaceFirst("\"bytes\" : \\d+", "\"bytes\" : " + size), "expected");
  }

  @Test
  void aFileNameInTheDescriptionIsNotFollowed() throws IOException {
    write(bundle("\"file\" : \"weights.safetensors\"", "\"file\" : \"../../../etc/passwd\""));
    assertEquals("toy", open().name());
  }

  private String bundle(String from, String to) throws IOException {
    String json = new String(seed().get(Cases.MODEL), StandardCharsets.UTF_8);
    assertTrue(json.contains(from), json);
    return json.replace(from, to);
  }

  private static Map<String, byte[]> seed() throws IOException {
    return Seeds.entries(new Seeds().bundles.get(0));
  }

  /** An RTMDet of no particular size with one hyper-parameter set. */
  private String detector(String name, int value) throws IOException {
    String toy = bundle("\"width\" : 4", HYPER).replace("\"toy\"", "\"rtmdet\"");
    return toy.replaceFirst("\"%s\": \\d+".formatted(name), "\"%s\": %d".formatted(name, value));
  }

  private void write(String json) throws IOException {
    Map<String, byte[]> entries = seed();
    entries.put(Cases.MODEL, json.getBytes(StandardCharsets.UTF_8));
    Files.write(folder.resolve("a.rtm"), TorchFiles.archive(entries));
  }

  private Model open() throws IOException {
    return Conversion.open(folder.resolve("a.rtm"), ConversionOptions.DEFAULT);
  }

  private void assertRefused(String json, String phrase) throws IOException {
    write(json);
    CheckpointException e = assertThrows(CheckpointException.class, this::open);
    Reading.judge(e);
    assertTrue(String.valueOf(e.getMessage()).contains(phrase), e::getMessage);
  }
}
