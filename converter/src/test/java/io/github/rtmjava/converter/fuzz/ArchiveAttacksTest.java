package io.github.rtmjava.converter.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.converter.Checkpoints;
import io.github.rtmjava.converter.Zip64Files;
import io.github.rtmjava.converter.testing.TorchFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Known attacks by zip. */
class ArchiveAttacksTest {
  private static final int END = 22;

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(
      strings = {"../../evil", "/etc/evil", "..\\..\\evil", "C:\\evil", "a/../../evil", "a\u0000b"})
  void namesThatLeadElsewhereWriteNothing(String name) throws IOException {
    Map<String, byte[]> entries = sound();
    entries.put(name, new byte[] {1});

    assertTrue(Checkpoints.read(file(TorchFiles.archive(entries))).has("toy.conv.weight"));

    try (Stream<Path> files = Files.walk(folder)) {
      assertEquals(List.of(folder, folder.resolve("a.pth")), files.sorted().toList());
    }
  }

  @Test
  void storagesThatInflateWithoutEndAreRefused() throws IOException {
    byte[] pickle =
        AttackFiles.dictionaryOf(AttackFiles.view(0, List.of(1L), List.of(1L))).toBytes();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("a/data.pkl"));
      zip.write(pickle);
      zip.putNextEntry(new ZipEntry("a/data/0"));
      zip.write(new byte[64 << 20]);
    }
    assertRefused(out.toByteArray(), "times its size");
  }

  @Test
  void archivesWithinArchivesAreNotOpened() throws IOException {
    byte[] inner = TorchFiles.archive(sound());
    assertRefused(TorchFiles.archive(Map.of("a/inner.pth", inner)), "without data.pkl");
  }

  @Test
  void entriesThatQuoteOneAnotherAreRefused() throws IOException {
    // As in David Fifield's bomb: each entry's data reaches over the headers and data of the rest.
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (int i = 0; i < 50; i++) {
      entries.put("e" + i, new byte[100]);
    }
    byte[] archive = TorchFiles.archive(entries);
    ByteBuffer bytes = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
    int directory = bytes.getInt(archive.length - END + 16);
    for (int at = directory; bytes.getInt(at) == 0x02014b50; ) {
      int size = directory - bytes.getInt(at + 42) - 100;
      bytes.putInt(at + 20, size).putInt(at + 24, size);
      at += 46 + bytes.getShort(at + 28);
    }
    assertRefused(archive, "overlap");
  }

  @ParameterizedTest
  @CsvSource({
    "32, -1", // count
    "32, 9223372036854775807",
    "40, -1", // size of the directory
    "40, 9223372036854775807",
    "40, 1073741824",
    "48, -1", // its position
    "48, 9223372036854775807"
  })
  void lyingZip64RecordsAreRefused(int field, long value) throws IOException {
    byte[] archive = Zip64Files.of(TorchFiles.archive(sound()));
    int record = archive.length - END - 20 - 56;
    ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN).putLong(record + field, value);
    assertRefused(archive, "expected");
  }

  @Test
  void hugeDirectoriesAreRefused() throws IOException {
    ByteBuffer archive = ByteBuffer.allocate(30 + (8 << 20) + END).order(ByteOrder.LITTLE_ENDIAN);
    archive.putInt(0, 0x04034b50);
    archive.putInt(archive.capacity() - END, 0x06054b50);
    archive.putInt(archive.capacity() - END + 12, 8 << 20);
    archive.putInt(archive.capacity() - END + 16, 30);
    archive.putShort(archive.capacity() - END + 10, (short) -1);
    assertRefused(archive.array(), "a directory of");
  }

  @Test
  void equalNamesAreRefused() throws IOException {
    Map<String, byte[]> entries = sound();
    entries.put("archive/data/x", new byte[16]);
    byte[] archive = TorchFiles.archive(entries);
    String text = new String(archive, StandardCharsets.ISO_8859_1);
    byte[] twice =
        text.replace("archive/data/x", "archive/data/0").getBytes(StandardCharsets.ISO_8859_1);
    assertRefused(twice, "two entries named");
  }

  private static Map<String, byte[]> sound() throws IOException {
    return Seeds.entries(TorchFiles.zip(Seeds.toyWeights(), Map.of()));
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("a.pth"), bytes);
  }

  private void assertRefused(byte[] bytes, String phrase) throws IOException {
    Path file = file(bytes);
    CheckpointException e = assertThrows(CheckpointException.class, () -> Checkpoints.read(file));
    Reading.judge(e);
    assertTrue(String.valueOf(e.getMessage()).contains(phrase), e::getMessage);
  }
}
