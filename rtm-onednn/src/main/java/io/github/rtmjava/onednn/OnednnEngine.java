package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Lowering;
import io.github.rtmjava.compiler.Program;
import io.github.rtmjava.compiler.Simplification;
import io.github.rtmjava.compiler.tuning.TunedPlans;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.EngineProbe;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.engine.Processors;
import io.github.rtmjava.engine.Purpose;
import io.github.rtmjava.files.NativeSettings;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.onednn.natives.Dnnl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The fast engine for processors: networks compiled to fused oneDNN primitives, in float32 or
 * bfloat16.
 *
 * <p>Outputs are bit-identical from run to run of one compiled model at one batch size. The same
 * image in a batch of another size may differ in the last bits.
 *
 * <p>A compiled model uses as many threads as it was given (all processors by default); all models
 * and callers of a process together use no more than there are processors, or than the system
 * property {@code rtm.processors} says.
 */
public final class OnednnEngine implements Engine {
  private static final String NAME = "onednn";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> devices() {
    return Set.of("cpu");
  }

  @Override
  public OptionalInt rank(String device) {
    return device.equals("cpu") ? OptionalInt.of(10) : OptionalInt.empty();
  }

  @Override
  public EngineProbe probe() {
    try {
      Dnnl dnnl = Dnnl.get();
      return new EngineProbe(
          true,
          "cpu",
          "oneDNN %s, processor with %s, %s threads"
              .formatted(dnnl.version(), Dnnl.isa(), Processors.count()));
    } catch (EngineException e) {
      return new EngineProbe(false, "cpu", String.valueOf(e.getMessage()));
    } catch (LinkageError | RuntimeException e) {
      return new EngineProbe(false, "cpu", "oneDNN does not load: " + NativeSettings.reason(e));
    }
  }

  @Override
  public CompiledModel compile(Network network, Weights weights, EngineOptions options)
      throws IOException {
    if (options.device().startsWith("cuda")) {
      throw new EngineException(
          "the engine onednn runs on the processor, asked for was " + options.device());
    }
    if (options.precision() == Precision.FLOAT16) {
      throw new EngineException(
          "the engine onednn computes in FLOAT32 or BFLOAT16, asked for was FLOAT16");
    }
    if (options.purpose() == Purpose.TRAINING) {
      throw new EngineException(
          "the engine onednn cannot train, asked for was TRAINING; choose the engine samediff");
    }
    int processors = Processors.count(); // before the pool is made, which cannot tell of nonsense
    int threads = options.threads() == 0 ? processors : options.threads();
    Dnnl dnnl = Dnnl.get();
    Program program = Lowering.of(Simplification.of(network, weights));
    // A network is named after its architecture.
    PrecisionPolicy policy = PrecisionPolicy.of(options, network.name().split(" ", 2)[0]);
    boolean tuned = Boolean.parseBoolean(System.getProperty(OnednnTuning.PROPERTY, "true"));
    TunedPlans plans =
        options.deterministic() || !tuned
            ? OnednnTuning.fixed(program, threads, policy)
            : OnednnTuning.measured(program, threads, policy, OnednnTuning.cache());
    try {
      return new OnednnModel(
          network,
          plans,
          threads,
          "onednn (oneDNN %s, %s), cpu, %s threads, %s"
              .formatted(dnnl.version(), Dnnl.isa(), threads, policy.description()));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
