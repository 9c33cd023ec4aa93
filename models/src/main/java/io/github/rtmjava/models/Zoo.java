package io.github.rtmjava.models;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.files.CacheFolder;
import io.github.rtmjava.files.Sha256;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelListener;
import io.github.rtmjava.model.Recipe;
import io.github.rtmjava.web.Redirects;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Models by name: the official files, from the cache or the web. A file that was downloaded is
 * compared with its published SHA-256, converted once, and kept as a bundle.
 *
 * <p>May be used by several threads and processes at once.
 */
public final class Zoo {
  private final ZooNames names;
  private final ZooSettings settings;
  private final References references;
  private final ModelCache cache;
  private final Intake intake;

  Zoo(List<ZooEntry> entries, List<ZooRecipe> recipes, ZooSettings settings) {
    this(new ZooNames(entries, recipes), settings);
  }

  private Zoo(ZooNames names, ZooSettings settings) {
    this.names = names;
    this.settings = settings;
    this.references = new References(names, settings);
    this.cache = new ModelCache(settings.cache());
    this.intake = new Intake(cache);
  }

  /**
   * The official files, with cache, mirrors and proxies as the environment says.
   *
   * @throws IllegalArgumentException if a variable of the environment makes no sense
   */
  public static Zoo open() {
    return new Zoo(ZooNames.official(), ZooSettings.here(CacheFolder.here()));
  }

  /** Other files and another cache. */
  public static Zoo of(List<ZooEntry> entries, List<ZooRecipe> recipes, Path cache) {
    return new Zoo(entries, recipes, ZooSettings.here(cache));
  }

  /** The same zoo, whose downloads follow these redirects; {@link Redirects#PUBLIC} unless set. */
  public Zoo withRedirects(Redirects redirects) {
    return new Zoo(names, settings.with(redirects));
  }

  /** Every official file. */
  public List<ZooEntry> entries() {
    return names.entries();
  }

  /** Every name that stands for a model and the detector that goes with it. */
  public List<ZooRecipe> recipes() {
    return names.recipes();
  }

  /** What a recipe's name, or any name of a pose model, stands for. */
  public Optional<Recipe> recipe(String name) {
    return names.recipe(name);
  }

  /** The official file that a name, a configuration's name, a file's name or a recipe means. */
  public Optional<ZooEntry> find(String reference) {
    return names.find(reference);
  }

  /** Whether a reference is a name of the zoo or an address of the web. */
  public boolean knows(String reference) {
    return references.knows(reference);
  }

  /** Every name by which a model can be asked for. */
  List<String> names() {
    return names.names();
  }

  /** The folder of the cache. */
  public Path cacheFolder() {
    return settings.cache();
  }

  /**
   * The model that a name or an address means; downloads it if it is not in the cache.
   *
   * @throws FileNotFoundException if there is no such name
   * @throws IOException if it cannot be had; the message says from where to where to bring it by
   *     hand
   */
  public Model model(String reference, ModelListener listener) throws IOException {
    return model(references.wanted(reference), listener);
  }

  /**
   * Where the bundle of a name or an address is in the cache; downloads it if it is not there.
   *
   * @throws IOException as {@link #model}
   */
  public Path pull(String reference, ModelListener listener) throws IOException {
    Wanted wanted = references.wanted(reference);
    model(wanted, listener);
    return cache.bundle(wanted.key());
  }

  /** Where the bundle of a name or an address is in the cache; empty if it is not there. */
  public Optional<Path> path(String reference) throws IOException {
    String key = references.wanted(reference).key();
    return cache.contains(key) ? Optional.of(cache.bundle(key)) : Optional.empty();
  }

  /** What is known of a cached model. */
  public Optional<CachedModel> cached(String reference) throws IOException {
    return cache.origin(references.wanted(reference).key());
  }

  /**
   * Downloads the file of a name or an address to a folder and leaves the cache alone.
   *
   * @return the file, under its official name
   * @throws IOException as {@link #model}
   */
  public Path download(String reference, Path folder, ModelListener listener) throws IOException {
    Wanted wanted = references.wanted(reference);
    ZooEntry entry = wanted.entry();
    Wanted named =
        new Wanted(
            wanted.key(),
            wanted.modelName(),
            entry == null ? Addresses.fileName(wanted.urls().get(0)) : entry.file(),
            wanted.urls(),
            wanted.checksum(),
            entry);
    Path target = folder.resolve(named.file());
    String place = Sha256.of(target.toAbsolutePath().normalize().toString()).substring(0, 16);
    return cache.locked(
        "to-" + place,
        named.file(),
        listener,
        () -> {
          if (Files.isRegularFile(target)
              && named.checksum().isKnown()
              && named.checksum().accepts(Sha256.of(target))) {
            return target;
          }
          requireOnline(List.of(named), folder);
          fetch(named, folder, listener);
          return target;
        });
  }

  /**
   * Stores a file that is here already, as if it had been downloaded.
   *
   * @param reference what it is; null to recognise it by its content
   * @return the bundle in the cache
   * @throws IOException if it is no official file, or not the one that was named
   */
  public Path add(Path file, @Nullable String reference, ModelListener listener)
      throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new FileNotFoundException(file + ": there is no such file");
    }
    String sha256 = Sha256.of(file);
    Wanted wanted = reference == null ? recognised(file, sha256) : references.wanted(reference);
    Intake.requireChecksum(wanted, file, sha256);
    if (reference == null) {
      listener.notice("%s is %s (%s)".formatted(file, wanted.modelName(), wanted.file()));
    }
    return cache.locked(
        wanted.key(),
        wanted.file(),
        listener,
        () -> {
          intake.store(wanted, file, "file", sha256, listener);
          return cache.bundle(wanted.key());
        });
  }

  private Wanted recognised(Path file, String sha256) throws CheckpointException {
    return names
        .ofContent(sha256)
        .map(references::wanted)
        .orElseThrow(
            () ->
                new CheckpointException(
                    "%s: expected an official file, found another (SHA-256 %s); say which with 'rtm models pull NAME --from-file', or convert it with 'rtm convert'"
                        .formatted(file, sha256)));
  }

  /** What a check of a cached model found. */
  public record Check(String key, boolean good, String finding) {}

  /**
   * Reads cached models anew and compares their SHA-256 with what was recorded.
   *
   * @param chosen names or addresses; all that are cached if there are none
   */
  public List<Check> verify(List<String> chosen) throws IOException {
    List<String> keys = new ArrayList<>();
    for (String reference : chosen) {
      keys.add(references.wanted(reference).key());
    }
    List<Check> checks = new ArrayList<>();
    for (String key : chosen.isEmpty() ? cache.keys() : keys) {
      checks.add(check(key));
    }
    return checks;
  }

  private Check check(String key) throws IOException {
    if (!cache.contains(key)) {
      return new Check(key, false, "is not in the cache; get it with 'rtm models pull'");
    }
    Optional<CachedModel> origin = cache.origin(key);
    if (origin.isEmpty()) {
      return new Check(key, false, "has no record; remove it with 'rtm models prune' and pull it");
    }
    String found = Sha256.of(cache.bundle(key));
    if (!found.equals(origin.get().bundleSha256())) {
      return new Check(
          key,
          false,
          "is damaged: expected SHA-256 %s, found %s; remove it with 'rtm models prune' and pull it"
              .formatted(origin.get().bundleSha256(), found));
    }
    return new Check(
        key,
        true,
        origin.get().verified()
            ? "good; its source has the expected SHA-256 %s".formatted(origin.get().sha256())
            : "good; its source is unverified, SHA-256 %s".formatted(origin.get().sha256()));
  }

  /**
   * Removes what killed processes left behind and downloads that are not needed any more.
   *
   * @param chosen names or addresses of models to remove as well
   * @param all whether to remove every model
   * @param dryRun whether to leave everything where it is
   * @return what was, or would be, removed
   */
  public List<Path> prune(List<String> chosen, boolean all, boolean dryRun) throws IOException {
    List<Path> removed = new ArrayList<>();
    if (!dryRun) {
      cache.clear();
    }
    for (ModelCache.Leftover leftover : cache.leftovers()) {
      if (cache.removeUnused(leftover, dryRun)) {
        removed.add(leftover.path());
      }
    }
    List<String> keys = new ArrayList<>();
    for (String reference : chosen) {
      String key = references.wanted(reference).key();
      if (!cache.contains(key)) {
        throw new FileNotFoundException(reference + " is not in the cache");
      }
      keys.add(key);
    }
    for (String key : all ? cache.keys() : keys) {
      removed.add(cache.bundle(key));
      if (!dryRun) {
        cache.remove(key);
      }
    }
    return removed;
  }

  /**
   * Checks, where nothing may be downloaded, that everything is here.
   *
   * @param chosen names or addresses
   * @param destination the folder where they are to be; null for the cache
   * @throws IOException if something is not here, with one message for all of it
   */
  public void requireReachable(List<String> chosen, @Nullable Path destination) throws IOException {
    List<Wanted> missing = new ArrayList<>();
    for (String reference : chosen) {
      Wanted wanted = references.wanted(reference);
      Path folder = destination == null ? cache.downloads() : destination;
      if (!missing.contains(wanted)
          && !Files.exists(folder.resolve(wanted.file()))
          && (destination != null || !cache.contains(wanted.key()))) {
        missing.add(wanted);
      }
    }
    requireOnline(missing, destination == null ? cache.downloads() : destination);
  }

  private Model model(Wanted wanted, ModelListener listener) throws IOException {
    Optional<Model> there = cached(wanted, listener);
    if (there.isPresent()) {
      return there.get();
    }
    return cache.locked(wanted.key(), wanted.file(), listener, () -> lockedModel(wanted, listener));
  }

  /** The cached model, unless it was made of another file than is wanted now. */
  private Optional<Model> cached(Wanted wanted, ModelListener listener) throws IOException {
    Optional<CachedModel> origin = cache.origin(wanted.key());
    if (origin.isPresent() && !wanted.checksum().accepts(origin.get().sha256())) {
      listener.notice(
          "%s in the cache has another SHA-256 than is expected and is fetched anew"
              .formatted(wanted.key()));
      return Optional.empty();
    }
    return cache.open(wanted.key(), listener);
  }

  private Model lockedModel(Wanted wanted, ModelListener listener) throws IOException {
    // Whoever had the lock before may have made it.
    Optional<Model> there = cached(wanted, ModelListener.NONE);
    if (there.isPresent()) {
      return there.get();
    }
    Path file = cache.downloads().resolve(wanted.file());
    if (Files.isRegularFile(file)) {
      String sha256 = Sha256.of(file);
      Intake.requireChecksum(wanted, file, sha256);
      intake.store(wanted, file, "file", sha256, listener);
    } else {
      requireOnline(List.of(wanted), cache.downloads());
      Downloader.Fetched fetched = fetch(wanted, cache.downloads(), listener);
      String from = Addresses.withoutSecrets(fetched.from());
      intake.store(wanted, fetched.file(), from, fetched.sha256(), listener);
      Files.deleteIfExists(fetched.file());
    }
    return cache
        .open(wanted.key(), listener)
        .orElseThrow(() -> new IOException(wanted.key() + " vanished from the cache; try again"));
  }

  private Downloader.Fetched fetch(Wanted wanted, Path folder, ModelListener listener)
      throws IOException {
    listener.notice(
        "%s is not here yet and comes from %s"
            .formatted(wanted.file(), wanted.urls().get(0).getHost()));
    return new Downloader(settings.transfer()).fetch(wanted.remote(), folder, listener);
  }

  private void requireOnline(List<Wanted> missing, Path folder) throws IOException {
    if (!settings.offline() || missing.isEmpty()) {
      return;
    }
    throw new IOException(
        "RTM_OFFLINE is set and not everything is here: download %s and put it into %s"
            .formatted(
                missing.stream()
                    .map(
                        w ->
                            "%s%s"
                                .formatted(
                                    Addresses.withoutSecrets(w.urls().get(0)), expectations(w)))
                    .collect(Collectors.joining(", and ")),
                folder.toAbsolutePath()));
  }

  private static String expectations(Wanted wanted) {
    List<String> parts = new ArrayList<>();
    if (!Addresses.fileName(wanted.urls().get(0)).equals(wanted.file())) {
      parts.add("as " + wanted.file());
    }
    ZooEntry entry = wanted.entry();
    if (entry != null) {
      parts.add(entry.size());
    }
    if (wanted.checksum().isKnown()) {
      parts.add(wanted.checksum().describe());
    }
    return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
  }
}
