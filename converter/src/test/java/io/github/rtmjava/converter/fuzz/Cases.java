package io.github.rtmjava.converter.fuzz;

import io.github.rtmjava.converter.testing.TorchFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Mutated files by number: the same seed and number give the same file on every machine. */
final class Cases {
  static final String MODEL = "model.json";
  static final String WEIGHTS = "weights.safetensors";
  private static final int LEGACY_PICKLES = 5;
  private static final int LEGACY_OBJECT = 3;

  /**
   * A file, or the two files of a folder.
   *
   * @param file the file; a folder's {@code model.json}
   * @param weights a folder's weights; null for a file
   */
  record Case(byte[] file, byte @Nullable [] weights) {
    Case(byte[] file) {
      this(file, null);
    }
  }

  private final long seed;
  private final Seeds seeds;
  private final List<byte[]> all;

  /** Operations of the pickles with the weights, in the order of the seeds. */
  private final List<List<byte[]>> zipPickles = new ArrayList<>();

  private final List<Map<String, byte[]>> zipEntries = new ArrayList<>();
  private final List<Map<String, byte[]>> bundleEntries = new ArrayList<>();

  Cases(long seed) throws IOException {
    this.seed = seed;
    this.seeds = new Seeds();
    this.all = seeds.all();
    for (byte[] zip : seeds.zip) {
      Map<String, byte[]> entries = Seeds.entries(zip);
      zipEntries.add(entries);
      zipPickles.add(PickleOps.parse(entries.get(pickle(entries)), 0));
    }
    for (byte[] bundle : seeds.bundles) {
      bundleEntries.add(Seeds.entries(bundle));
    }
  }

  Case make(long number) {
    SplittableRandom random = new SplittableRandom(seed ^ number * 0x9e3779b97f4a7c15L);
    ByteMutator bytes = new ByteMutator(random);
    return switch (random.nextInt(9)) {
      case 0 -> new Case(bytes.mutate(pick(all, random), all));
      case 1 -> new Case(legacy(random));
      case 2, 3 -> new Case(zipPickle(random));
      case 4 -> new Case(new ZipMutator(random).mutate(pick(seeds.zip, random)));
      case 5 -> new Case(safetensors(pick(seeds.safetensors, random), random));
      case 6 -> new Case(new ZipMutator(random).mutate(pick(seeds.bundles, random)));
      case 7 -> {
        Map<String, byte[]> bundle = new LinkedHashMap<>(pick(bundleEntries, random));
        damage(bundle, bytes, random);
        yield new Case(TorchFiles.archive(bundle));
      }
      default -> {
        Map<String, byte[]> bundle = new LinkedHashMap<>(pick(bundleEntries, random));
        damage(bundle, bytes, random);
        yield new Case(bundle.get(MODEL), bundle.get(WEIGHTS));
      }
    };
  }

  private static <T> T pick(List<T> from, SplittableRandom random) {
    return from.get(random.nextInt(from.size()));
  }

  /** Damages one of the five pickles or what follows them. */
  private byte[] legacy(SplittableRandom random) {
    byte[] file = pick(seeds.legacy, random);
    int victim = random.nextBoolean() ? LEGACY_OBJECT : random.nextInt(LEGACY_PICKLES + 1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    for (int i = 0; i < LEGACY_PICKLES; i++) {
      List<byte[]> ops = PickleOps.parse(file, at);
      at += PickleOps.join(ops).length;
      out.writeBytes(
          PickleOps.join(
              i == victim ? new PickleMutator(random).mutate(ops, pick(zipPickles, random)) : ops));
    }
    byte[] storages = Arrays.copyOfRange(file, at, file.length);
    out.writeBytes(
        victim == LEGACY_PICKLES ? new ByteMutator(random).mutate(storages, all) : storages);
    return out.toByteArray();
  }

  /** Damages the pickle in an archive whose directory and checksums are sound. */
  private byte[] zipPickle(SplittableRandom random) {
    int index = random.nextInt(zipPickles.size());
    Map<String, byte[]> entries = new LinkedHashMap<>(zipEntries.get(index));
    List<byte[]> ops =
        new PickleMutator(random).mutate(zipPickles.get(index), pick(zipPickles, random));
    entries.put(pickle(entries), PickleOps.join(ops));
    return TorchFiles.archive(entries);
  }

  private static String pickle(Map<String, byte[]> entries) {
    return entries.keySet().stream().filter(n -> n.endsWith("data.pkl")).findFirst().orElseThrow();
  }

  /** Damages the header, and mostly says how long it is now. */
  private static byte[] safetensors(byte[] file, SplittableRandom random) {
    int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    byte[] header =
        new JsonMutator(random)
            .mutate(Arrays.copyOfRange(file, 8, Math.min(file.length, 8 + length)));
    byte[] out = Arrays.copyOf(file, 8 + header.length + file.length - 8 - length);
    System.arraycopy(header, 0, out, 8, header.length);
    System.arraycopy(file, 8 + length, out, 8 + header.length, file.length - 8 - length);
    ByteMutator.number(
        out,
        0,
        8,
        random.nextInt(8) == 0 ? new ByteMutator(random).edge(header.length) : header.length);
    return out;
  }

  /** Damages the description, the weights, or both, which then contradict each other. */
  private void damage(Map<String, byte[]> bundle, ByteMutator bytes, SplittableRandom random) {
    byte[] model = bundle.get(MODEL);
    byte[] weights = bundle.get(WEIGHTS);
    int choice = random.nextInt(8);
    if (choice == 0) {
      weights = bytes.mutate(weights, all);
    } else if (choice == 1) {
      weights = safetensors(weights, random);
    } else if (choice == 2) {
      model = bytes.mutate(model, all);
    } else {
      model = new JsonMutator(random).mutate(model);
    }
    if (choice < 2 && random.nextBoolean()) {
      String size = "\"bytes\" : " + bundle.get(WEIGHTS).length;
      model =
          new String(model, StandardCharsets.UTF_8)
              .replace(size, "\"bytes\" : " + weights.length)
              .getBytes(StandardCharsets.UTF_8);
    }
    bundle.put(MODEL, model);
    bundle.put(WEIGHTS, weights);
  }
}
