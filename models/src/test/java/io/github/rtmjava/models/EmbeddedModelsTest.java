package io.github.rtmjava.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelSources;
import io.github.rtmjava.model.Task;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class EmbeddedModelsTest {

  @Test
  void theDefaultIsAWholeBodyModelInThreeDimensions() throws IOException {
    Model model = ModelSources.open("default");
    assertEquals(Task.POSE_3D, model.spec().task());
    assertEquals(133, model.spec().hyper("keypoints"));
    assertInstanceOf(Codec.Simcc.class, model.spec().codec());
    assertEquals("Apache-2.0", model.provenance().licence());
  }

  @Test
  void theDefaultDetectorFindsPeople() throws IOException {
    Model model = ModelSources.open("default-detector");
    assertEquals(Task.DETECTION, model.spec().task());
    assertEquals("person", model.spec().labels().get(0));
  }

  @Test
  void everyNameOpensAndHasACard() throws IOException {
    for (String name : EmbeddedModels.all()) {
      Model model = ModelSources.open(name);
      assertTrue(EmbeddedModels.card(name).contains(model.name()), name);
      for (String key : model.weights().keys()) {
        for (float value : model.weights().get(key).toFloats()) {
          assertTrue(Float.isFinite(value), key);
        }
      }
    }
  }

  @Test
  void anUnknownNameSaysWhatThereIs() {
    FileNotFoundException e =
        assertThrows(FileNotFoundException.class, () -> ModelSources.open("rtmw3d-xxl"));
    assertTrue(e.getMessage().contains("default-detector"), e.getMessage());
    assertFalse(e.getMessage().contains("\n"));
    assertThrows(IllegalArgumentException.class, () -> EmbeddedModels.card("rtmw3d-xxl"));
  }
}
