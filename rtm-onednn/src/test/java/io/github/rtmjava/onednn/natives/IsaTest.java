package io.github.rtmjava.onednn.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.Locale;
import org.bytedeco.dnnl.global.dnnl;
import org.junit.jupiter.api.Test;

class IsaTest {
  private static final String PREFIX = "dnnl_cpu_isa_";

  @Test
  void namesAllThatOneDnnKnows() throws IllegalAccessException {
    int named = 0;
    for (Field field : dnnl.class.getFields()) {
      String name = field.getName();
      // avx10_1 is another name for avx512_core's sets.
      if (name.startsWith(PREFIX) && !name.contains("avx10_1") && field.getType() == int.class) {
        int bits = field.getInt(null);
        String isa = name.substring(PREFIX.length());
        if (!isa.equals("default") && !isa.equals("no_hints") && !isa.equals("prefer_ymm")) {
          assertEquals(isa.toUpperCase(Locale.ROOT), new Isa(bits).toString());
          named++;
        }
      }
    }
    assertEquals(13, named);
  }

  @Test
  void whatIsNewerThanAllThatIsKnownHoldsItToo() {
    Isa newer = new Isa(131583 | 1 << 20);
    assertEquals("AVX10_2_512+0x1201ff", newer.toString());
    assertTrue(newer.hasAvx512());
  }

  @Test
  void avx512IsKnownByItsBit() {
    assertTrue(new Isa(131583).hasAvx512());
    assertTrue(new Isa(143359).hasAvx512());
    assertTrue(new Isa(39).hasAvx512());
    assertFalse(new Isa(31).hasAvx512());
    assertFalse(new Isa(7).hasAvx512());
  }
}
