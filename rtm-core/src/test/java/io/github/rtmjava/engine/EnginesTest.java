package io.github.rtmjava.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnginesTest {

  @Test
  void automaticTakesTheFirstThatCanRun() {
    List<Engine> engines =
        List.of(
            engine("samediff", true, "cpu"),
            engine("onednn", true, "cpu"),
            engine("cuda", false, "cuda"));
    EngineChoice choice = Engines.choose(engines, "auto", "auto");
    assertEquals("onednn", choice.engine().name());
    assertTrue(choice.reason().contains("not cuda: details of cuda"), choice.reason());
  }

  @Test
  void sameDiffOnAGraphicsCardComesBeforeTheProcessor() {
    List<Engine> engines = List.of(engine("samediff", true, "cuda"), engine("onednn", true, "cpu"));
    assertEquals("samediff", Engines.choose(engines, "auto", "auto").engine().name());
    assertEquals("onednn", Engines.choose(engines, "auto", "cpu").engine().name());
    assertEquals("samediff", Engines.choose(engines, "auto", "cuda:1").engine().name());
  }

  @Test
  void enginesForOtherDevicesStayUnloaded() {
    Engine unloaded =
        new MadeEngine("samediff", "cpu", Set.of("cpu")) {
          @Override
          public EngineProbe probe() {
            throw new AssertionError("loaded without need");
          }
        };
    List<Engine> engines = List.of(unloaded, new MadeEngine("onednn", "cpu", Set.of("cpu")));
    assertEquals("onednn", Engines.choose(engines, "auto", "auto").engine().name());
    EngineException none =
        assertThrows(EngineException.class, () -> Engines.choose(engines, "auto", "cuda"));
    assertTrue(none.getMessage().contains("samediff for cpu, onednn for cpu"), none.getMessage());
  }

  @Test
  void aThirdEngineIsTakenByItsRank() {
    List<Engine> engines =
        List.of(
            engine("onednn", true, "cpu"), ranked("vulkan", 0), engine("samediff", true, "cpu"));
    assertEquals("vulkan", Engines.choose(engines, "auto", "cpu").engine().name());
    List<Engine> behind = List.of(ranked("vulkan", 9), engine("samediff", true, "cpu"));
    assertEquals("samediff", Engines.choose(behind, "auto", "cpu").engine().name());
  }

  @Test
  void anEngineWithoutARankIsTakenOnlyWhenItIsAskedFor() {
    List<Engine> engines = List.of(engine("made", true, "cpu"), engine("samediff", true, "cpu"));
    assertEquals("samediff", Engines.choose(engines, "auto", "auto").engine().name());
    assertEquals("made", Engines.choose(engines, "made", "auto").engine().name());
    List<Engine> alone = List.of(engine("made", true, "cpu"));
    assertThrows(EngineException.class, () -> Engines.choose(alone, "auto", "auto"));
  }

  @Test
  void whatWasAskedForIsNeverReplaced() {
    List<Engine> engines = List.of(engine("samediff", true, "cpu"), engine("cuda", false, "cuda"));
    EngineException unusable =
        assertThrows(EngineException.class, () -> Engines.choose(engines, "cuda", "auto"));
    assertTrue(unusable.getMessage().contains("details of cuda"), unusable.getMessage());
    EngineException unknown =
        assertThrows(EngineException.class, () -> Engines.choose(engines, "tflite", "auto"));
    assertTrue(unknown.getMessage().contains("samediff, cuda"), unknown.getMessage());
    assertThrows(EngineException.class, () -> Engines.choose(engines, "auto", "cuda"));
  }

  @Test
  void noEngineAtAllIsSaidSo() {
    EngineException e =
        assertThrows(EngineException.class, () -> Engines.choose(List.of(), "auto", "auto"));
    assertTrue(e.getMessage().contains("there are: none"), e.getMessage());
  }

  @Test
  void optionsAreChecked() {
    assertThrows(
        IllegalArgumentException.class, () -> new EngineOptions("gpu", 0, Precision.FLOAT32));
    assertThrows(
        IllegalArgumentException.class, () -> new EngineOptions("cpu", -1, Precision.FLOAT32));
  }

  private static Engine ranked(String name, int rank) {
    return new MadeEngine(name, "cpu", Set.of("cpu")) {
      @Override
      public OptionalInt rank(String device) {
        return OptionalInt.of(rank);
      }
    };
  }

  private static Engine engine(String name, boolean usable, String device) {
    return new MadeEngine(name, device, Set.of("cpu", "cuda")) {
      @Override
      public EngineProbe probe() {
        return new EngineProbe(usable, device, "details of " + name);
      }
    };
  }

  private static class MadeEngine implements Engine {
    private final String name;
    private final String device;
    private final Set<String> devices;

    MadeEngine(String name, String device, Set<String> devices) {
      this.name = name;
      this.device = device;
      this.devices = devices;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Set<String> devices() {
      return devices;
    }

    @Override
    public OptionalInt rank(String asked) {
      int rank = List.of("cuda", "onednn", "samediff").indexOf(name);
      return rank < 0 ? OptionalInt.empty() : OptionalInt.of(rank);
    }

    @Override
    public EngineProbe probe() {
      return new EngineProbe(true, device, "details of " + name);
    }

    @Override
    public CompiledModel compile(Network network, Weights weights, EngineOptions options) {
      throw new UnsupportedOperationException();
    }
  }
}
