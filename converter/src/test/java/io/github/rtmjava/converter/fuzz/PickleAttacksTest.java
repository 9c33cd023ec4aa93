package io.github.rtmjava.converter.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.converter.Checkpoints;
import io.github.rtmjava.converter.testing.PickleWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Known and thinkable attacks by pickle. */
class PickleAttacksTest {
  private static final int MANY = 100_000;

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(ints = {0x82, 0x83, 0x84})
  void extensionCodesAreRefused(int op) throws IOException {
    assertRefused(AttackFiles.beside(new PickleWriter().op(op).little(4, 1)), "extension codes");
  }

  @Test
  void listsThatDoubleAreRefused() throws IOException {
    PickleWriter bomb = new PickleWriter().op(']', 'q', 0);
    for (int i = 1; i <= 100; i++) {
      bomb.op('0', ']', 'q', i, '(', 'h', i - 1, 'h', i - 1, 'e');
    }
    assertRefused(AttackFiles.beside(bomb), "values");
  }

  @Test
  void tuplesThatDoubleAreRefused() throws IOException {
    PickleWriter bomb = new PickleWriter().op('N');
    for (int i = 0; i < 1000; i++) {
      bomb.op('2', 0x86);
    }
    assertRefused(AttackFiles.beside(bomb), "expected");
  }

  @Test
  void tuplesNestedDeeplyAreRefused() throws IOException {
    PickleWriter bomb = new PickleWriter().op('N');
    for (int i = 0; i < MANY; i++) {
      bomb.op(0x85);
    }
    assertRefused(AttackFiles.beside(bomb), "nested");
  }

  @Test
  void callsOfCallsAreRead() throws IOException {
    // f()()()…: the name of what is called must not grow with each call.
    PickleWriter bomb = DangerousGlobalsTest.Way.global("a", "f");
    for (int i = 0; i < MANY; i++) {
      bomb.op(')', 'R', 0x94);
    }
    assertTrue(read(AttackFiles.beside(bomb)));
  }

  @Test
  void callsOfOneAnotherAreRefused() throws IOException {
    PickleWriter bomb = DangerousGlobalsTest.Way.global("a", "f").op('q', 0, '0', 'N');
    for (int i = 0; i < MANY; i++) {
      // f(f(f(…)))
      bomb.op('q', 1, '0', 'h', 0, 'h', 1, 0x85, 'R');
    }
    assertRefused(AttackFiles.beside(bomb), "nested");
  }

  @Test
  void aTypeWithinATypeIsRefused() throws IOException {
    // f(f, None, (f, None, (…))): rebuilding one would rebuild the next, as deep as the file likes.
    PickleWriter bomb =
        DangerousGlobalsTest.Way.global("torch._tensor", "_rebuild_from_type_v2")
            .op('q', 0, '0', ')');
    for (int i = 0; i < MANY; i++) {
      bomb.op('q', 1, '0', 'h', 0, 'N', 'h', 1, 0x87);
    }
    bomb.op('q', 1, '0', 'h', 0, 'h', 1, 'R');
    assertRefused(AttackFiles.beside(bomb), "type within its type");
  }

  @Test
  void aTypeWithinItselfIsRefused() throws IOException {
    PickleWriter bomb =
        DangerousGlobalsTest.Way.global("torch._tensor", "_rebuild_from_type_v2")
            .op('q', 0, '0', ']', 'q', 1, '(', 'h', 0, 'N', 'h', 1, 'e', '0')
            .op('h', 0, '(', 'h', 0, 'N', 'h', 1, 't', 'R');
    assertRefused(AttackFiles.beside(bomb), "type within its type");
  }

  @Test
  void longNamesOfNumpyTypesAreRefused() throws IOException {
    // The name of a scalar's type would be put together anew for each scalar.
    PickleWriter bomb =
        DangerousGlobalsTest.Way.global("numpy", "dtype").value("x".repeat(1 << 20)).op(0x85, 'R');
    assertRefused(AttackFiles.beside(bomb), "numpy type");
  }

  @Test
  void oneTextAsTheContentOfManyArraysIsRefused() throws IOException {
    PickleWriter bomb =
        DangerousGlobalsTest.Way.global("numpy.core.numeric", "_frombuffer").op('q', 0, '0');
    DangerousGlobalsTest.Way.lines(bomb.op('c'), "numpy", "dtype").value("u1").op(0x85, 'R');
    bomb.op('q', 1, '0').value("x".repeat(1 << 20)).op('q', 2, '0');
    bomb.value(PickleWriter.Tuple.of(1 << 20)).op('q', 3, '0').value("C").op('q', 4, '0');
    bomb.op('(');
    for (int i = 0; i < 1000; i++) {
      bomb.op('h', 0, '(', 'h', 2, 'h', 1, 'h', 3, 'h', 4, 't', 'R');
    }
    assertRefused(AttackFiles.beside(bomb.op('l')), "tensors need more");
  }

  @Test
  void longTextsAreNotCopiedForEachNumber() throws IOException {
    // scalar("f4", text of 4 MB) 100,000 times: hours of copying.
    PickleWriter bomb =
        DangerousGlobalsTest.Way.global("numpy.core.multiarray", "scalar").op('q', 0, '0');
    DangerousGlobalsTest.Way.lines(bomb.op('c'), "numpy", "dtype").value("f4").op(0x85, 'R');
    bomb.op('q', 1, '0').value("x".repeat(4 << 20)).op('q', 2, '0', '(');
    for (int i = 0; i < MANY; i++) {
      bomb.op('h', 0, 'h', 1, 'h', 2, 0x86, 'R');
    }
    assertTrue(read(AttackFiles.beside(bomb.op('l'))));
  }

  @Test
  void viewsOfEqualHashCodesAreNotSlow() throws IOException {
    int views = 30_000;
    // The stride of an extent of one is free, and a long is the exclusive or of its halves.
    PickleWriter bomb = new PickleWriter().op('}');
    PickleWriter.Call view = AttackFiles.view(0, List.of(1L), List.of(1L));
    bomb.value(view.callee()).op('q', 0, '0');
    bomb.value(AttackFiles.storage("FloatStorage", "0", 12L)).op('q', 1, '0');
    bomb.value(PickleWriter.Tuple.of(1)).op('q', 2, '0');
    for (long i = 1; i <= views; i++) {
      bomb.value(Long.toString(i)).op('h', 0, '(', 'h', 1, 'K', 0, 'h', 2);
      bomb.value(i << 32 | i).op(0x85, 't', 'R', 's');
    }
    assertEquals(views, Checkpoints.read(file(AttackFiles.checkpoint(bomb))).tensors().size());
  }

  @ParameterizedTest
  @CsvSource({
    "FloatStorage, 0, 13", // one element too many
    "FloatStorage, 0, 9223372036854775807",
    "FloatStorage, 0, -1",
    "DoubleStorage, 0, 12", // another type: twice the bytes
    "ComplexDoubleStorage, 0, 12",
    "FloatStorage, 1, 12", // another place
    "FloatStorage, ../data.pkl, 12",
    "FloatStorage, ../../../etc/passwd, 12",
    "FloatStorage, /etc/passwd, 12",
    "SystemStorage, 0, 12"
  })
  void liesAboutStoragesAreRefused(String type, String key, long elements) throws IOException {
    Object view =
        AttackFiles.view(AttackFiles.storage(type, key, elements), 0, List.of(12L), List.of(1L));
    assertRefused(AttackFiles.checkpoint(AttackFiles.dictionaryOf(view)), "a.pth");
  }

  @Test
  void aStorageThatIsATextIsRefused() throws IOException {
    Object view = AttackFiles.view("0", 0, List.of(12L), List.of(1L));
    assertRefused(AttackFiles.checkpoint(AttackFiles.dictionaryOf(view)), "without a storage");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 12, 1", // offset, extent, stride
    "-1, 2, 1",
    "0, 2, -1",
    "11, 2, -1",
    "0, 2, 12",
    "0, 2, 9223372036854775807",
    "9223372036854775807, 2, 1",
    "9223372036854775807, 2, 9223372036854775807",
    "0, -1, 1",
    "0, 2147483647, 0",
    "0, 4294967296, 0",
    "0, 9223372036854775807, 1",
    "4611686018427387904, 1, 1"
  })
  void viewsBeyondTheirStorageAreRefused(long offset, long extent, long stride) throws IOException {
    Object view = AttackFiles.view(offset, List.of(extent), List.of(stride));
    assertRefused(AttackFiles.checkpoint(AttackFiles.dictionaryOf(view)), "expected", "weight");
  }

  @Test
  void shapesWhoseProductOverflowsAreRefused() throws IOException {
    // 2^31 * 2^31 * 4 = 2^64, which is 0 in 64 bits.
    List<Long> strides = List.of(0L, 0L, 0L);
    Object view = AttackFiles.view(0, List.of(1L << 30, 1L << 30, 16L), strides);
    assertRefused(AttackFiles.checkpoint(AttackFiles.dictionaryOf(view)), "2 GiB");
  }

  @Test
  void shapesOfNothingWhoseProductOverflowsAreRefused() throws IOException {
    List<Long> shape = List.of(1L << 30, 1L << 30, 1L << 30, 0L);
    Object view = AttackFiles.view(0, shape, List.of(0L, 0L, 0L, 0L));
    assertRefused(AttackFiles.checkpoint(AttackFiles.dictionaryOf(view)), "2 GiB");
  }

  @Test
  void tooManyDimensionsAreRefused() throws IOException {
    Long[] ones = new Long[1000];
    Arrays.fill(ones, 1L);
    Object view = AttackFiles.view(0, List.of(ones), List.of(ones));
    assertRefused(AttackFiles.checkpoint(AttackFiles.dictionaryOf(view)), "1000 dimensions");
  }

  @Test
  void oneElementRepeatedIsRefused() throws IOException {
    Object view = AttackFiles.view(0, List.of(1L << 28), List.of(0L));
    assertRefused(AttackFiles.checkpoint(AttackFiles.dictionaryOf(view)), "expand()");
  }

  @Test
  void overlappingViewsThatNeedCopiesAreRefused() throws IOException {
    PickleWriter bomb = new PickleWriter().op('}');
    for (long i = 1; i <= 1000; i++) {
      bomb.value("w" + i).value(AttackFiles.view(i % 12, List.of(10_000 + i), List.of(0L))).op('s');
    }
    assertRefused(AttackFiles.checkpoint(bomb), "expand()");
  }

  @Test
  void overlappingViewsShareTheirElements() throws IOException {
    PickleWriter pickle = new PickleWriter().op('}');
    for (long i = 0; i < 12; i++) {
      pickle.value("w" + i).value(AttackFiles.view(i, List.of(12 - i), List.of(1L))).op('s');
    }
    assertEquals(12, Checkpoints.read(file(AttackFiles.checkpoint(pickle))).tensors().size());
  }

  @Test
  void integersOfTwoGigabytesAreRefused() throws IOException {
    assertRefused(
        AttackFiles.beside(new PickleWriter().op(0x8b).little(4, 0x7fffffffL)), "2147483647");
  }

  @ParameterizedTest
  @CsvSource({
    "84, 4, 4294967295", // T
    "85, 1, 255", // U
    "88, 4, 2147483647", // X
    "66, 4, 4294967295", // B
    "140, 1, 255", // SHORT_BINUNICODE
    "141, 8, -1", // BINUNICODE8
    "141, 8, 9223372036854775807",
    "142, 8, 1099511627776", // BINBYTES8
    "150, 8, -9223372036854775808" // BYTEARRAY8
  })
  void textsOfLyingLengthsAreRefused(int op, int field, long length) throws IOException {
    assertRefused(
        AttackFiles.checkpoint(new PickleWriter().op('}', op).little(field, length)), "claims");
  }

  @Test
  void endlessLinesAreRefused() throws IOException {
    PickleWriter bomb = new PickleWriter().op('I');
    for (int i = 0; i < MANY; i++) {
      bomb.op('9');
    }
    assertRefused(AttackFiles.beside(bomb), "lines of at most");
  }

  @Test
  void keysThatRepeatLongTuplesStayWithinTheirBudget() throws IOException {
    // Each key's text is 20 KB, and costs 20 bytes.
    PickleWriter bomb = new PickleWriter().op('(');
    for (int i = 0; i < 16; i++) {
      bomb.value("x".repeat(80));
    }
    bomb.op('t', 'q', 0, '0', '}');
    for (int i = 0; i < MANY; i++) {
      bomb.op('(');
      for (int j = 0; j < 15; j++) {
        bomb.op('h', 0);
      }
      bomb.value(i).op('t', 'N', 's');
    }
    assertRefused(AttackFiles.beside(bomb), "need more than");
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("a.pth"), bytes);
  }

  private boolean read(byte[] bytes) throws IOException {
    return Checkpoints.read(file(bytes)).has("weight");
  }

  private void assertRefused(byte[] bytes, String... phrases) throws IOException {
    Path file = file(bytes);
    CheckpointException e = assertThrows(CheckpointException.class, () -> Checkpoints.read(file));
    Reading.judge(e);
    for (String phrase : phrases) {
      assertTrue(String.valueOf(e.getMessage()).contains(phrase), e::getMessage);
    }
  }
}
