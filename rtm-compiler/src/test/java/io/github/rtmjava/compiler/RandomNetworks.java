package io.github.rtmjava.compiler;

import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Networks without rhyme or reason, of the operations that the architectures have. */
final class RandomNetworks {
  private static final int SIZE = 4;
  private static final int MAX_CHANNELS = 24;

  private final SplittableRandom random;
  private final NetworkBuilder builder = new NetworkBuilder("random");
  private final Scope root = builder.scope("");
  private final List<Value> maps = new ArrayList<>();
  private int next;

  private RandomNetworks(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** The network of that number: always the same. */
  static Network of(long seed) {
    return new RandomNetworks(seed).build();
  }

  private Network build() {
    Value image = builder.input("image", 4, SIZE, SIZE);
    maps.add(root.conv("stem", image, 4, 3, 1, 1));
    int nodes = 5 + random.nextInt(40);
    while (next < nodes) {
      maps.add(node("n" + next++));
    }
    builder.output("last", maps.get(maps.size() - 1));
    for (int i = random.nextInt(3); i > 0; i--) {
      builder.output("output" + i, any());
    }
    return builder.build();
  }

  private Value node(String name) {
    Value x = any();
    int channels = x.shape().dim(1);
    return switch (random.nextInt(14)) {
      case 0, 1, 2 -> root.conv(name, x, random.nextBoolean() ? 4 : 8, 1, 1, 1);
      case 3, 4 -> root.conv(name, x, random.nextBoolean() ? 4 : 8, 3, 1, 1);
      case 5 -> root.conv(name, x, channels, 3, 1, channels);
      case 6 -> root.activation(name, x, random.nextBoolean() ? Function.SILU : Function.RELU);
      case 7 -> root.maxPool(name, x, 3 + 2 * random.nextInt(3));
      case 8 -> {
        int from = random.nextInt(channels);
        yield root.slice(name, x, 1, from, from + 1 + random.nextInt(channels - from));
      }
      case 9 -> random.nextBoolean() ? root.mul(name, x, x) : root.norm(name, x, 1e-5);
      case 10 -> {
        Value y = any();
        yield channels + y.shape().dim(1) > MAX_CHANNELS
            ? root.scale(name, x, 0.5)
            : root.concat(name, 1, x, y);
      }
      case 11 -> {
        Value y = any();
        Value z = any();
        yield channels + y.shape().dim(1) + z.shape().dim(1) > MAX_CHANNELS
            ? root.mul(name, x, root.globalAvgPool(name + ".mean", x))
            : root.concat(name, 1, x, y, z);
      }
      default -> {
        Value residual = root.conv(name + ".conv", any(), channels, 1, 1, 1);
        yield random.nextBoolean() ? root.add(name, x, residual) : root.add(name, residual, x);
      }
    };
  }

  /** One of the maps, the later ones more often. */
  private Value any() {
    int from = random.nextInt(maps.size());
    return maps.get(from + random.nextInt(maps.size() - from));
  }
}
