package io.github.rtmjava.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.model.ModelSources;
import java.io.FileNotFoundException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "configs/body_2d_keypoint/rtmpose/body8/rtmpose-m_8xb256-420e_body8-256x192.py",
        "mmpose\\configs\\body_2d_keypoint\\rtmpose-m_8xb256-420e_body8-256x192.PY",
        "rtmpose-m_8xb256-420e_body8-256x192.py",
        "rtmpose-m_8xb256-420e_body8-256x192"
      })
  void aConfigurationIsKnownByItsPath(String reference) {
    ZooManifest official = ZooManifest.official();
    Zoo zoo = Zoo.of(official.models(), official.recipes(), Path.of("unused"));
    assertEquals("rtmpose-m-body17-256x192", zoo.find(reference).orElseThrow().name());
    assertTrue(zoo.recipe(reference).isPresent());
    assertFalse(zoo.knows("some/folder/rtmpose-m_8xb256-420e_body8-256x192"));
  }

  @ParameterizedTest
  @CsvSource({"wholbody, wholebody", "defualt, default", "RTMW3D-1, rtmw3d-l", "humn, human"})
  void theNearestNameIsProposed(String typed, String meant) {
    FileNotFoundException e =
        assertThrows(FileNotFoundException.class, () -> ModelSources.open(typed));
    assertTrue(e.getMessage().contains("did you mean '" + meant + "'?"), e.getMessage());
  }

  @Test
  void whatIsFarFromEveryNameGetsNoProposal() {
    FileNotFoundException e =
        assertThrows(FileNotFoundException.class, () -> ModelSources.open("my-own-network-7"));
    assertFalse(e.getMessage().contains("did you mean"), e.getMessage());
  }
}
