package io.github.rtmjava.benchmarks.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProfileTest {
  private final Profile profile = new Profile();

  @BeforeEach
  void oneConvolutionOnTwoThreadsAndAPooling() {
    profile.add("onednn_verbose,v1,info,cpu,runtime:OpenMP,nthr:2");
    profile.add(line("convolution,brg_conv_fwd:avx512_core", "mb1_ic8oc8", 1.5));
    profile.add(line("convolution,brg_conv_fwd:avx512_core", "mb1_ic8oc8", 2.5));
    profile.add(line("pooling,jit:avx512_core", "mb1ic8", 1));
  }

  private static String line(String implementation, String problem, double millis) {
    return "onednn_verbose,v1,primitive,exec,cpu,%s,forward_inference,src:f32::blocked:acdb::f0,,,%s,%s"
        .formatted(implementation, problem, millis);
  }

  @Test
  void timesAreAddedUpPerPrimitiveAndRun() {
    List<String> lines = printed(2, 5);
    assertTrue(lines.get(0).startsWith("5.00 ms"), lines.get(0));
    assertTrue(lines.get(0).contains("primitives 2.50 ms (50%)"), lines.get(0));
    assertTrue(lines.get(0).contains("products 2.00 ms (40%)"), lines.get(0));
    assertTrue(
        lines.contains(
            "| convolution | brg_conv_fwd:avx512_core | mb1_ic8oc8 | 1.0 | 2.000 | 80.0% |"),
        lines::toString);
  }

  @Test
  void whatTakesLongestComesFirst() {
    List<String> rows = printed(1, 5).stream().filter(line -> line.contains("*all*")).toList();
    assertEquals(2, rows.size());
    assertTrue(rows.get(0).startsWith("| convolution"), rows.get(0));
  }

  @Test
  void referenceImplementationsAreNoticed() {
    assertFalse(profile.hasReference());
    profile.add(line("softmax,ref:any", "8x8", 9));
    assertTrue(profile.hasReference());
  }

  @Test
  void whatWasForgottenDoesNotCount() {
    profile.add(line("softmax,ref:any", "8x8", 9));
    profile.clear();
    assertFalse(profile.hasReference());
  }

  private List<String> printed(int runs, double processorMillis) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    profile.print(out, runs, processorMillis);
    out.flush();
    return text.toString().lines().toList();
  }
}
