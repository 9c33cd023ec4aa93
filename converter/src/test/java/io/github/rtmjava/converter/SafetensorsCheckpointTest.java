package io.github.rtmjava.converter;

import static io.github.rtmjava.converter.Failures.assertRefused;
import static io.github.rtmjava.converter.Failures.read;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.testing.ToyArchitecture;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Safetensors files of others as checkpoints. */
class SafetensorsCheckpointTest {
  @Test
  void tensorsAndMetadataAreRead() throws Exception {
    Checkpoint checkpoint = read(SafetensorsFiles.of(ToyArchitecture.weights()));
    assertEquals("safetensors", checkpoint.layout());
    assertEquals(
        List.copyOf(ToyArchitecture.weights().keySet()),
        List.copyOf(checkpoint.tensors().keySet()));
    ToyArchitecture.weights()
        .forEach(
            (key, tensor) ->
                assertEquals(tensor.bytes(), checkpoint.tensors().get(key).bytes(), key));
    assertEquals("pt", checkpoint.meta().text("format").orElseThrow());
  }

  @Test
  void aFileWithoutTensorsIsRefused() throws Exception {
    assertRefused(SafetensorsFiles.raw("{}", new byte[8]), "without any");
  }
}
