package io.github.rtmjava.samediff;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.testing.EngineContractTest;
import org.junit.jupiter.api.Test;

final class SameDiffEngineTest extends EngineContractTest {
  @Override
  protected Engine engine() {
    return new SameDiffEngine();
  }

  @Override
  protected EngineOptions options() {
    return EngineOptions.DEFAULT;
  }

  @Test
  void endsItsThreadWhenClosed() throws InterruptedException {
    Thread thread =
        Thread.getAllStackTraces().keySet().stream()
            .filter(t -> t.getName().equals("samediff small"))
            .findFirst()
            .orElseThrow();
    model.close();
    thread.join(10_000);
    assertFalse(thread.isAlive());
  }

  @Test
  void refusesOtherPrecisions() {
    EngineOptions options = new EngineOptions("auto", 0, Precision.BFLOAT16);
    assertNotCompiled("FLOAT32 only", options);
  }

  @Test
  void refusesAnotherNumberOfThreadsThanTheProcessHas() {
    EngineOptions options = new EngineOptions("auto", 999, Precision.FLOAT32);
    assertNotCompiled("OMP_NUM_THREADS=999", options);
  }

  private void assertNotCompiled(String message, EngineOptions options) {
    Exception e =
        assertThrows(EngineException.class, () -> engine().compile(network, weights, options));
    assertTrue(String.valueOf(e.getMessage()).contains(message), e::getMessage);
  }
}
