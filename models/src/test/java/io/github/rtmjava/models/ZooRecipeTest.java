package io.github.rtmjava.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.ModelListener;
import io.github.rtmjava.model.ModelSources;
import io.github.rtmjava.model.Recipe;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the names that users bring along stand for. */
class ZooRecipeTest {

  @ParameterizedTest
  @CsvSource({
    "human, rtmpose-m-body17-256x192, rtmdet-m, 0.3, 0.3",
    "Body, rtmpose-m-body17-256x192, rtmdet-m, 0.3, 0.3",
    "body26, rtmpose-m-body26-256x192, rtmdet-m, 0.3, 0.3",
    "hand, rtmpose-m-hand, rtmdet-nano-hand, 0.3, 0.3",
    "face, rtmpose-m-face, yolox-s-face, 0.3, 0.3",
    "wholebody, rtmw-m-256x192, rtmdet-m, 0.3, 0.3",
    "rtmo, rtmo-l-body7, , 0.1, ",
    "hand3d, internet-r50, , 0.3, ",
    "wholebody3d, rtmw3d-l, rtmdet-m, 0.3, ",
    "body:lightweight, rtmpose-s-body17-256x192, yolox-tiny, 0.3, ",
    "human:balanced, rtmpose-m-body17-256x192, yolox-m, 0.3, ",
    "body:performance, rtmpose-x-body17-384x288, yolox-x, 0.3, ",
    "body_with_feet:lightweight, rtmpose-s-body26-256x192, yolox-tiny, 0.3, ",
    "body_with_feet:performance, rtmpose-x-body26-384x288, yolox-x, 0.3, ",
    "wholebody:lightweight, rtmw-m-256x192, yolox-tiny, 0.3, ",
    "wholebody:balanced, rtmw-l-256x192, yolox-m, 0.3, ",
    "wholebody:performance, rtmw-l-384x288, yolox-m, 0.3, ",
    "wholebody3d:balanced, rtmw3d-x, yolox-m, 0.3, ",
    "hand:lightweight, rtmpose-m-hand, rtmdet-nano-hand, 0.3, ",
    "rtmo:balanced, rtmo-m-body7, , 0.7, 0.45",
    "rtmpose-l, rtmpose-l-body17-384x288, rtmdet-m, 0.3, 0.3",
    "rtmo-s_8xb32-600e_coco-640x640, rtmo-s-coco, , 0.1, ",
    "rbarac/rtmpose3d:x, rtmw3d-x, rtmdet-m, 0.3, ",
    "dwpose-m, dwpose-m-256x192, rtmdet-m, 0.3, 0.3"
  })
  void aNameStandsForAModelAndADetector(
      String name, String model, String detector, float threshold, Float nms) {
    Recipe recipe = ModelSources.recipe(name).orElseThrow();
    assertEquals(model, recipe.model());
    assertEquals(detector, recipe.detector());
    assertEquals(threshold, recipe.bboxThreshold());
    assertEquals(nms, recipe.nmsIou());
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "rtmdet-m", "face:balanced", "https://a.example/rtmw-m.pth"})
  void whatIsNoPoseModelHasNoRecipe(String name) {
    assertTrue(ModelSources.recipe(name).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "wholebody:performance, rtmw-l-384x288",
    "WholeBody:Lightweight, rtmw-m-256x192",
    "human, rtmpose-m-body17-256x192"
  })
  void aRecipeIsANameOfItsModel(String name, String model) {
    assertEquals(model, Zoo.open().find(name).orElseThrow().name());
    assertTrue(Zoo.open().knows(name));
  }

  @Test
  void theEmbeddedModelsBelongTogether() throws IOException {
    Recipe recipe = ModelSources.recipe("default").orElseThrow();
    assertEquals("default", recipe.model());
    assertNull(recipe.nmsIou());
    Codec codec =
        new EmbeddedModels()
            .open(String.valueOf(recipe.detector()), ModelListener.NONE)
            .orElseThrow()
            .spec()
            .codec();
    assertEquals(((Codec.Boxes) codec).recommendedThreshold(), recipe.bboxThreshold());
    assertTrue(ModelSources.recipe("default-detector").isEmpty());
  }

  @Test
  void whereBoxesAreNotThoseOfTheProgramTheTableSaysSo() {
    for (ZooRecipe recipe : ZooManifest.official().recipes()) {
      if (recipe.of().equals("rtmlib") && String.valueOf(recipe.detector()).startsWith("yolox-")) {
        assertFalse(recipe.differs().isEmpty(), recipe.names().toString());
      }
    }
  }
}
