package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.model.ModelSources;
import io.github.rtmjava.pose3d.RtmPose3D;
import io.github.rtmjava.pose3d.RtmPose3DBuilder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Python package's way to name models, without network: the error says what is meant. */
class ModelSizeTest {
  @TempDir Path cache;

  @BeforeEach
  void offline() {
    System.setProperty("rtm.offline", "1");
    System.setProperty("rtm.cache", cache.toString());
  }

  @AfterEach
  void restore() {
    System.clearProperty("rtm.offline");
    System.clearProperty("rtm.cache");
  }

  @ParameterizedTest
  @ValueSource(strings = {"l", "x"})
  void theSizeChoosesTheFile(String size) {
    assertMeans("rtmw3d-%s_8xb64".formatted(size), builder("rbarac/rtmpose3d").modelSize(size));
  }

  @Test
  void withoutASizeItIsTheSmallerOne() {
    assertMeans("rtmw3d-l_8xb64", builder("rbarac/rtmpose3d"));
  }

  @Test
  void anotherSizeIsNoModel() {
    assertMeans(
        "there is no model 'rbarac/rtmpose3d:s'", builder("rbarac/rtmpose3d").modelSize("s"));
  }

  @Test
  void aModelThatIsOpenHasItsSize() throws IOException {
    RtmPose3DBuilder builder = builder("fake-pose").model(ModelSources.open("fake-pose"));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> builder.modelSize("l").build());
    assertTrue(e.getMessage().contains("leave it out"), e.getMessage());
  }

  private static RtmPose3DBuilder builder(String model) {
    return RtmPose3D.builder().engine("fake").noDetector().model(model);
  }

  private static void assertMeans(String expected, RtmPose3DBuilder builder) {
    IOException e = assertThrows(IOException.class, builder::build);
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }
}
