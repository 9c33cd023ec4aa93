package io.github.rtmjava.models;

import io.github.rtmjava.model.Recipe;
import io.github.rtmjava.model.Task;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Which official file a name or a content means. */
record ZooNames(List<ZooEntry> entries, List<ZooRecipe> recipes) {
  ZooNames {
    entries = List.copyOf(entries);
    recipes = List.copyOf(recipes);
  }

  /** Those of the manifest that is part of the library. */
  static ZooNames official() {
    ZooManifest manifest = ZooManifest.official();
    return new ZooNames(manifest.models(), manifest.recipes());
  }

  /** The official file that a name, a configuration's name, a file's name or a recipe means. */
  Optional<ZooEntry> find(String reference) {
    String lower = plain(reference);
    return named(lower).or(() -> listed(lower).flatMap(recipe -> named(recipe.model())));
  }

  /** A configuration is named by its path in upstream's repository, too. */
  private static String plain(String reference) {
    String lower = reference.toLowerCase(Locale.ROOT);
    return lower.endsWith(".py")
        ? lower.substring(Math.max(lower.lastIndexOf('/'), lower.lastIndexOf('\\')) + 1)
        : lower;
  }

  /** Every name by which a model can be asked for. */
  List<String> names() {
    return Stream.concat(
            entries.stream().flatMap(ZooEntry::references),
            recipes.stream().flatMap(recipe -> recipe.names().stream()))
        .distinct()
        .toList();
  }

  private Optional<ZooEntry> named(String lower) {
    return entries.stream().filter(entry -> entry.references().anyMatch(lower::equals)).findFirst();
  }

  private Optional<ZooRecipe> listed(String lower) {
    return recipes.stream().filter(recipe -> recipe.names().contains(lower)).findFirst();
  }

  /** What a recipe's name, or any name of a pose model, stands for. */
  Optional<Recipe> recipe(String reference) {
    String lower = plain(reference);
    return listed(lower)
        .map(recipe -> recipe.named(lower))
        .or(
            () ->
                named(lower)
                    .filter(entry -> entry.task() != Task.DETECTION)
                    .map(entry -> ZooRecipe.of(reference, entry)));
  }

  /** The official file of that content, as far as its published SHA-256 tells. */
  Optional<ZooEntry> ofContent(String sha256) {
    return entries.stream()
        .filter(entry -> entry.checksum().isKnown() && entry.checksum().accepts(sha256))
        .findFirst();
  }
}
