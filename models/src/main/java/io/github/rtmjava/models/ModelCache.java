package io.github.rtmjava.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.rtmjava.bundle.Bundles;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.files.Leftovers;
import io.github.rtmjava.files.NewFile;
import io.github.rtmjava.files.Sha256;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of models that came from elsewhere:
 *
 * <pre>
 * models/KEY.rtm      bundles
 * models/KEY.json     where each came from
 * downloads/          files that are coming, and files that were put there by hand
 * hashes/FILE         the SHA-256 of files for which none is published, as they first came
 * locks/KEY.lock
 * </pre>
 *
 * Every file appears complete or not at all.
 */
final class ModelCache {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();
  private static final String BUNDLE = ".rtm";
  private static final String RECORD = ".json";
  private static final String NEXT = ".next";

  private final Path folder;

  ModelCache(Path folder) {
    this.folder = folder;
  }

  /** Where files are downloaded to, and where they can be put by hand. */
  Path downloads() {
    return folder.resolve("downloads");
  }

  Path bundle(String key) {
    return models().resolve(key + BUNDLE);
  }

  private Path models() {
    return folder.resolve("models");
  }

  private Path record(String key) {
    return models().resolve(key + RECORD);
  }

  /** The record of a bundle that is about to come. */
  private Path nextRecord(String key) {
    return models().resolve(key + RECORD + NEXT);
  }

  private Path lockFile(String key) {
    return folder.resolve("locks").resolve(key + ".lock");
  }

  /** Does a piece of work while nobody else does work of that key. */
  <T> T locked(String key, String what, ModelListener listener, Work<T> work) throws IOException {
    CacheLock lock;
    try {
      lock = CacheLock.acquire(lockFile(key), what, listener);
    } catch (FileSystemException e) {
      throw new IOException(
          "%s: expected a folder for models that can be written, found that it cannot (%s); name another with RTM_CACHE=DIR"
              .formatted(folder, e.getReason() == null ? "no permission" : e.getReason()),
          e);
    }
    try (lock) {
      return work.call();
    }
  }

  /** What is done under a lock. */
  interface Work<T> {
    T call() throws IOException;
  }

  /** Removes a file unless somebody is at work on it; returns whether it is, or would be, gone. */
  boolean removeUnused(Leftover leftover, boolean dryRun) throws IOException {
    CacheLock lock = CacheLock.tryAcquire(lockFile(leftover.key()));
    if (lock == null) {
      return false;
    }
    try (lock) {
      return dryRun || Files.deleteIfExists(leftover.path());
    }
  }

  boolean contains(String key) {
    return Files.isRegularFile(bundle(key));
  }

  /** The model of a key; empty if it is not there or damaged, which the listener is told. */
  Optional<Model> open(String key, ModelListener listener) throws IOException {
    if (!contains(key)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Bundles.open(bundle(key)));
    } catch (CheckpointException e) {
      listener.notice("%s in the cache is damaged and made anew".formatted(key));
      return Optional.empty();
    }
  }

  /** Stores a model in the type in which its weights are. */
  void put(String key, Model model, CachedModel origin) throws IOException {
    Leftovers.clear(models());
    try (NewFile bundle = NewFile.at(bundle(key))) {
      Bundles.writeZip(bundle.path(), model, false, n -> {});
      CachedModel record = origin.withBundle(Sha256.of(bundle.path()));
      byte[] json = MAPPER.writeValueAsBytes(record);
      // Whenever this is cut short, one of the two records is that of the bundle.
      NewFile.write(nextRecord(key), out -> out.write(json));
      bundle.commit();
      NewFile.write(record(key), out -> out.write(json));
      Files.deleteIfExists(nextRecord(key));
    }
  }

  /** What is known of a cached model; empty if it is not there or came without a record. */
  Optional<CachedModel> origin(String key) throws IOException {
    if (!contains(key)) {
      return Optional.empty();
    }
    Optional<CachedModel> next = read(nextRecord(key));
    if (next.isPresent() && next.get().bundleSha256().equals(Sha256.of(bundle(key)))) {
      return next;
    }
    return read(record(key));
  }

  private static Optional<CachedModel> read(Path record) throws IOException {
    try {
      return Optional.of(MAPPER.readValue(Files.readAllBytes(record), CachedModel.class));
    } catch (NoSuchFileException | JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** The keys of everything that is cached, in alphabetical order. */
  List<String> keys() throws IOException {
    return names(models(), BUNDLE).stream().map(ModelCache::withoutEnding).toList();
  }

  /** The SHA-256 that a file without a published one had when it first came. */
  Optional<String> knownHash(String file) throws IOException {
    try {
      String line = Files.readString(hash(file)).strip();
      return line.matches("[0-9a-f]{64}\\b.*")
          ? Optional.of(line.substring(0, 64))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Remembers it, in the format of {@code sha256sum}. */
  void rememberHash(String file, String sha256) throws IOException {
    byte[] line = "%s  %s%n".formatted(sha256, file).getBytes(StandardCharsets.UTF_8);
    NewFile.write(hash(file), out -> out.write(line));
  }

  Path hash(String file) {
    return folder.resolve("hashes").resolve(file);
  }

  /** Removes a model. */
  void remove(String key) throws IOException {
    Files.deleteIfExists(bundle(key));
    Files.deleteIfExists(record(key));
    Files.deleteIfExists(nextRecord(key));
  }

  /** A file that is of no use any more, and the key whose lock guards it. */
  record Leftover(String key, Path path) {}

  /** Removes what processes left behind that can be told to be dead. */
  void clear() {
    Leftovers.clear(models());
    Leftovers.clear(folder.resolve("hashes"));
  }

  /** What killed processes left behind, and downloads that are not needed any more. */
  List<Leftover> leftovers() throws IOException {
    List<Leftover> leftovers = new ArrayList<>();
    for (String name : names(downloads(), "")) {
      String file = name.replaceFirst("\\.part(\\.from)?$", "");
      leftovers.add(new Leftover(withoutEnding(file), downloads().resolve(name)));
    }
    for (String name : hiddenNames(models())) {
      leftovers.add(
          new Leftover(
              name.replaceFirst("^\\.", "")
                  .replaceFirst("(\\.json)?\\.[0-9a-f-]{8,36}\\.\\w+$", ""),
              models().resolve(name)));
    }
    for (String name : names(models(), RECORD)) {
      String key = withoutEnding(name);
      if (!contains(key)) {
        leftovers.add(new Leftover(key, models().resolve(name)));
      }
    }
    for (String name : names(models(), RECORD + NEXT)) {
      String key = name.substring(0, name.length() - (RECORD + NEXT).length());
      if (!contains(key) || !origin(key).equals(read(nextRecord(key)))) {
        leftovers.add(new Leftover(key, models().resolve(name)));
      }
    }
    return leftovers;
  }

  /** A file's name without its last extension. */
  static String withoutEnding(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static List<String> hiddenNames(Path folder) throws IOException {
    // Those of living processes, and of dead ones that can be told from them, are left to others.
    return all(folder).stream()
        .filter(name -> name.startsWith(".") && !name.startsWith(".rtm-"))
        .toList();
  }

  private static List<String> names(Path folder, String ending) throws IOException {
    return all(folder).stream()
        .filter(name -> name.endsWith(ending) && !name.startsWith("."))
        .toList();
  }

  private static List<String> all(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(path -> String.valueOf(path.getFileName()))
          .sorted()
          .toList();
    }
  }
}
