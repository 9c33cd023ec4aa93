package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CpuTest {
  @Test
  void readsWhatLinuxSaysOfX86() {
    Cpu cpu =
        Cpu.of(
            List.of(
                "processor\t: 0",
                "model name\t: Fast Processor 3000",
                "flags\t\t: fpu avx2 vme fma",
                "model name\t: another"),
            "amd64",
            4);
    assertEquals(new Cpu("Fast Processor 3000", List.of("avx2", "fma"), 4), cpu);
  }

  @Test
  void readsWhatLinuxSaysOfArm() {
    Cpu cpu = Cpu.of(List.of("BogoMIPS : 50.00", "Features : fp asimd sve"), "aarch64", 2);
    assertEquals(new Cpu("aarch64", List.of("asimd", "sve"), 2), cpu);
  }
}
