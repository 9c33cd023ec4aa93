package io.github.rtmjava.converter.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes a zip archive's records lie. */
final class ZipMutator {
  /** A field by its record's signature (PK and two more bytes), its offset and its width. */
  private record Field(int first, int second, int offset, int width) {}

  private static final List<Field> FIELDS =
      List.of(
          new Field(3, 4, 6, 2), // local header: flags, method, CRC, sizes, lengths
          new Field(3, 4, 8, 2),
          new Field(3, 4, 14, 4),
          new Field(3, 4, 18, 4),
          new Field(3, 4, 22, 4),
          new Field(3, 4, 26, 2),
          new Field(3, 4, 28, 2),
          new Field(3, 4, 30, 1),
          new Field(1, 2, 8, 2), // directory: the same, and the position
          new Field(1, 2, 10, 2),
          new Field(1, 2, 16, 4),
          new Field(1, 2, 20, 4),
          new Field(1, 2, 24, 4),
          new Field(1, 2, 28, 2),
          new Field(1, 2, 30, 2),
          new Field(1, 2, 32, 2),
          new Field(1, 2, 42, 4),
          new Field(1, 2, 46, 1),
          new Field(5, 6, 8, 2), // end: counts, size, offset, comment
          new Field(5, 6, 10, 2),
          new Field(5, 6, 12, 4),
          new Field(5, 6, 16, 4),
          new Field(5, 6, 20, 2),
          new Field(6, 6, 32, 8), // the same of zip64
          new Field(6, 6, 40, 8),
          new Field(6, 6, 48, 8),
          new Field(6, 7, 8, 8));

  private final SplittableRandom random;
  private final ByteMutator bytes;

  ZipMutator(SplittableRandom random) {
    this.random = random;
    this.bytes = new ByteMutator(random);
  }

  byte[] mutate(byte[] archive) {
    byte[] lying = archive.clone();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      Field field = FIELDS.get(random.nextInt(FIELDS.size()));
      List<Integer> records = records(lying, field);
      if (!records.isEmpty()) {
        int at = records.get(random.nextInt(records.size())) + field.offset;
        long value =
            random.nextInt(3) == 0
                ? random.nextInt(lying.length)
                : bytes.edge(archive.length / records.size());
        ByteMutator.number(lying, at, field.width, value);
      }
    }
    return lying;
  }

  private static List<Integer> records(byte[] archive, Field field) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i + 4 <= archive.length; i++) {
      if (archive[i] == 'P'
          && archive[i + 1] == 'K'
          && archive[i + 2] == field.first
          && archive[i + 3] == field.second) {
        found.add(i);
      }
    }
    return found;
  }
}
