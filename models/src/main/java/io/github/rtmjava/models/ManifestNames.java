package io.github.rtmjava.models;

import io.github.rtmjava.model.Task;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the names in a manifest lead somewhere, and each to one place only. */
final class ManifestNames {
  private final Map<String, ZooEntry> owners = new HashMap<>();

  /**
   * @throws IllegalArgumentException if a reference leads to two entries, or a detector is not
   *     there
   */
  ManifestNames(List<ZooEntry> models) {
    for (ZooEntry entry : models) {
      entry.references().distinct().forEach(reference -> own(reference, entry));
    }
    for (ZooEntry entry : models) {
      requireDetector(entry.name(), entry.detector());
    }
  }

  private void own(String reference, ZooEntry entry) {
    ZooEntry other = owners.put(reference, entry);
    if (other != null) {
      throw new IllegalArgumentException(
          "'%s' names both %s and %s".formatted(reference, other.name(), entry.name()));
    }
  }

  /**
   * A recipe's plain name is an alias of its model; one with a mode is no name of a file.
   *
   * @throws IllegalArgumentException if that is not so, or its model or detector is not there
   */
  void requireSense(List<ZooRecipe> recipes) {
    Set<String> seen = new HashSet<>();
    for (ZooRecipe recipe : recipes) {
      for (String name : recipe.names()) {
        if (!seen.add(name)) {
          throw new IllegalArgumentException("there are two recipes '%s'".formatted(name));
        }
        requireModel(name, recipe.model());
        requireDetector(name, recipe.detector());
      }
    }
  }

  private void requireModel(String name, String model) {
    if (named(model) == null) {
      throw new IllegalArgumentException("%s: there is no model %s".formatted(name, model));
    }
    ZooEntry owner = owners.get(name);
    String owned = owner == null ? "" : owner.name();
    if (!owned.equals(name.contains(":") ? "" : model)) {
      throw new IllegalArgumentException(
          "%s: expected an alias of %s, or a name with a mode that is no alias; found an alias of '%s'"
              .formatted(name, model, owned));
    }
  }

  private void requireDetector(String name, @Nullable String detector) {
    ZooEntry found = detector == null ? null : named(detector);
    if (detector != null && (found == null || found.task() != Task.DETECTION)) {
      throw new IllegalArgumentException("%s: there is no detector %s".formatted(name, detector));
    }
  }

  private @Nullable ZooEntry named(String name) {
    ZooEntry entry = owners.get(name);
    return entry == null || !entry.name().equals(name) ? null : entry;
  }
}
