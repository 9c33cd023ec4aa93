package io.github.rtmjava.converter.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Damages pickles operation by operation, so that what is damaged is still run. */
final class PickleMutator {
  private static final int MAX_OPS = 20_000;

  private static final String PLAIN_OPS =
      "(.012NR)]}abdelostuQ\u0081\u0085\u0086\u0087\u0088\u0089\u008f\u0090\u0091\u0092\u0093\u0094\u0097\u0098";

  private static final List<String> GLOBALS =
      List.of(
          "collections\nOrderedDict\n",
          "collections\ndefaultdict\n",
          "builtins\nlist\n",
          "builtins\nset\n",
          "builtins\ntuple\n",
          "builtins\nbytes\n",
          "torch\nSize\n",
          "torch\nFloatStorage\n",
          "torch\nComplexFloatStorage\n",
          "torch.storage\nUntypedStorage\n",
          "torch\nfloat64\n",
          "torch._utils\n_rebuild_tensor_v2\n",
          "torch._utils\n_rebuild_tensor_v3\n",
          "torch._utils\n_rebuild_parameter\n",
          "torch._tensor\n_rebuild_from_type_v2\n",
          "numpy\ndtype\n",
          "numpy.core.multiarray\n_reconstruct\n",
          "numpy.core.multiarray\nscalar\n",
          "numpy.core.numeric\n_frombuffer\n",
          "_codecs\nencode\n",
          "os\nsystem\n",
          "builtins\neval\n");

  private static final List<String> TEXTS =
      List.of(
          "", "storage", "module", "state_dict", "meta", "0", "1", "../data.pkl", "f4", "O8", ">");

  private final SplittableRandom random;
  private final ByteMutator bytes;

  PickleMutator(SplittableRandom random) {
    this.random = random;
    this.bytes = new ByteMutator(random);
  }

  /** A few random changes; {@code donor} is what stretches of operations are taken from. */
  List<byte[]> mutate(List<byte[]> original, List<byte[]> donor) {
    List<byte[]> ops = new ArrayList<>(original);
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      once(ops, donor);
    }
    return ops;
  }

  private void once(List<byte[]> ops, List<byte[]> donor) {
    int at = random.nextInt(ops.size());
    switch (random.nextInt(10)) {
      case 0 -> {
        if (ops.size() > 1) {
          ops.remove(at);
        }
      }
      case 1 -> {
        List<byte[]> part = part(ops);
        for (int i = 1 << random.nextInt(8); i > 0 && ops.size() < MAX_OPS; i--) {
          ops.addAll(at, part);
        }
      }
      case 2 -> {
        byte[] swapped = ops.set(at, ops.get(random.nextInt(ops.size())));
        ops.set(random.nextInt(ops.size()), swapped);
      }
      case 3 -> ops.add(at, any());
      case 4 -> ops.set(at, any());
      case 5 -> ops.addAll(at, part(donor));
      case 6 -> {
        ops.add(at, global());
        ops.add(at + 1, new byte[] {'('});
        ops.addAll(at + 2, part(donor));
        ops.add(Math.min(ops.size(), at + 3 + random.nextInt(8)), new byte[] {'t'});
        ops.add(Math.min(ops.size(), at + 4 + random.nextInt(8)), new byte[] {'R'});
      }
      default -> ops.set(at, operand(ops.get(at)));
    }
  }

  private List<byte[]> part(List<byte[]> ops) {
    int from = random.nextInt(ops.size());
    return List.copyOf(ops.subList(from, Math.min(ops.size(), from + 1 + random.nextInt(12))));
  }

  private byte[] any() {
    return switch (random.nextInt(5)) {
      case 0 -> global();
      case 1 -> text(TEXTS.get(random.nextInt(TEXTS.size())));
      case 2 -> new byte[] {(byte) "hq".charAt(random.nextInt(2)), (byte) random.nextInt(12)};
      case 3 -> {
        byte[] number = {(byte) 0x8a, 8, 0, 0, 0, 0, 0, 0, 0, 0};
        ByteMutator.number(number, 2, 8, bytes.edge(100));
        yield number;
      }
      default -> new byte[] {(byte) PLAIN_OPS.charAt(random.nextInt(PLAIN_OPS.length()))};
    };
  }

  private byte[] global() {
    return ("c" + GLOBALS.get(random.nextInt(GLOBALS.size()))).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    byte[] op = new byte[5 + utf8.length];
    op[0] = 'X';
    op[1] = (byte) utf8.length;
    System.arraycopy(utf8, 0, op, 5, utf8.length);
    return op;
  }

  /** The same operation with another operand, or a lie about the operand's length. */
  private byte[] operand(byte[] original) {
    byte[] op = original.clone();
    int code = op[0] & 0xff;
    int field = PickleOps.lengthField(code);
    if (field > 0 && (random.nextInt(4) == 0 || op.length <= 1 + field)) {
      ByteMutator.number(op, 1, field, bytes.edge(op.length));
    } else if (field > 0) {
      op[1 + field + random.nextInt(op.length - 1 - field)] = (byte) random.nextInt(256);
    } else if (PickleOps.fixed(code) > 0) {
      ByteMutator.number(op, 1, op.length - 1, bytes.edge(random.nextInt(16)));
    } else if (code == 'c') {
      return global();
    } else {
      op[random.nextInt(op.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return op;
  }
}
