package io.github.rtmjava.onednn;

import io.github.rtmjava.engine.LayerTime;
import io.github.rtmjava.onednn.natives.KernelTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Times of every stage of an executable over several runs. */
final class StageProfiler {
  private final List<ParallelStage> stages;
  private final int runs;

  /** By stage, then run: from the start of the stage until all parts are done. */
  private final long[][] elapsed;

  /** By part, then stage, then run. */
  private final long[][][] busy;

  StageProfiler(List<ParallelStage> stages, int parts, int runs) {
    this.stages = stages;
    this.runs = runs;
    elapsed = new long[stages.size()][runs];
    busy = new long[parts][stages.size()][runs];
  }

  /** One member's share of one run. */
  void run(int run, int member, ParallelRegion region) {
    region.barrier();
    long start = System.nanoTime();
    for (int i = 0; i < stages.size(); i++) {
      List<KernelTask> tasks = stages.get(i).tasks();
      for (int part = member; part < tasks.size(); part += region.size()) {
        long begin = System.nanoTime();
        tasks.get(part).run();
        busy[part][i][run] = System.nanoTime() - begin;
      }
      region.barrier();
      long end = System.nanoTime();
      if (member == 0) {
        elapsed[i][run] = end - start;
      }
      start = end;
    }
  }

  List<LayerTime> layers() {
    List<LayerTime> layers = new ArrayList<>();
    for (int i = 0; i < stages.size(); i++) {
      long[] sums = new long[runs];
      for (long[][] part : busy) {
        for (int run = 0; run < runs; run++) {
          sums[run] += part[i][run];
        }
      }
      ParallelStage stage = stages.get(i);
      layers.add(
          new LayerTime(
              stage.name(),
              stage.tasks().isEmpty() ? "nothing" : stage.tasks().get(0).implementation(),
              median(elapsed[i]),
              median(sums)));
    }
    return layers;
  }

  private static long median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
