package io.github.rtmjava.benchmarks.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.model.Model;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchmarkModelTest {
  @ParameterizedTest
  @CsvSource({
    // Millions of parameters as the papers and model cards give them, and for RTMDet-m's 24.7 what
    // three levels of its head share, counted as often as it is used.
    "rtmdet-m-640, 27.3, 640, 640",
    "rtmpose-t-256x192, 3.3, 192, 256",
    "rtmpose-m-256x192, 13.6, 192, 256"
  })
  void modelsHaveTheSizesOfTheOriginals(String name, double millions, int width, int height) {
    Model model = BenchmarkModel.named(name).model();
    long statistics =
        model.network().weights().entrySet().stream()
            .filter(weight -> !weight.getKey().contains(".running_"))
            .mapToLong(weight -> weight.getValue().elements())
            .sum();
    assertEquals(millions, statistics / 1e6, 0.05);
    assertEquals(width, model.spec().input().width());
    assertEquals(height, model.spec().input().height());
  }

  @Test
  void everyModelHasAllWeightsOfItsNetwork() {
    for (String name : BenchmarkModel.NAMES) {
      Model model = BenchmarkModel.named(name).model();
      assertEquals(model.network().weights().keySet(), model.weights().keys());
    }
  }

  @Test
  void poseModelsAreMeasuredInBatchesToo() {
    assertEquals(List.of(1, 8), BenchmarkModel.named("rtmw3d-x-384x288").batches());
    assertEquals(List.of(1), BenchmarkModel.named("rtmdet-m-640").batches());
  }

  @Test
  void unknownNamesAreAnsweredWithTheKnownOnes() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> BenchmarkModel.named("resnet"));
    assertTrue(refusal.getMessage().contains("rtmdet-m-640"), refusal.getMessage());
  }
}
