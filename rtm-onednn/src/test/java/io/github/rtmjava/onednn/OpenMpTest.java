package io.github.rtmjava.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.onednn.natives.Dnnl;
import io.github.rtmjava.onednn.natives.Eltwise;
import io.github.rtmjava.onednn.natives.NativeMemory;
import io.github.rtmjava.onednn.natives.Operation;
import io.github.rtmjava.onednn.natives.PrimitiveCall;
import io.github.rtmjava.onednn.natives.PrimitiveFactory;
import io.github.rtmjava.tensor.DType;
import java.io.File;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The number of threads that we set is the one that oneDNN takes. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class OpenMpTest {
  private static final int MANY = 7;

  /** OpenMP keeps a thread's helpers as long as that thread lives. */
  private static final Executor FRESH = work -> new Thread(work).start();

  @Test
  void oneDnnTakesAsManyThreadsAsWereSet() {
    assertEquals(0, helpers(1));
    assertTrue(helpers(MANY) >= MANY - 2, "oneDNN calls another OpenMP runtime");
  }

  /** How many threads a large primitive starts on a thread on which a number was set. */
  private static int helpers(int set) {
    return CompletableFuture.supplyAsync(
            () -> {
              Dnnl.get().openMp().setThreads(set);
              long floats = 1 << 22;
              try (PrimitiveFactory primitives = new PrimitiveFactory();
                  NativeMemory block = new NativeMemory(floats * Float.BYTES)) {
                block.clear();
                PrimitiveCall call = eltwise(primitives, block, floats);
                int before = threads();
                call.run();
                return Math.max(0, threads() - before);
              }
            },
            FRESH)
        .join();
  }

  private static PrimitiveCall eltwise(
      PrimitiveFactory primitives, NativeMemory block, long floats) {
    return primitives
        .call("a test")
        .source(Dnnl.dense(DType.FLOAT32, floats), block.at(0))
        .destination(Dnnl.dense(DType.FLOAT32, floats), block.at(0))
        .make(Operation.eltwise(Eltwise.SILU));
  }

  /** Of this process, Java's among them. */
  private static int threads() {
    String[] all = new File("/proc/self/task").list();
    return all == null ? 0 : all.length;
  }
}
