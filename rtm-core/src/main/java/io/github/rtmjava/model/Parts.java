package io.github.rtmjava.model;

import io.github.rtmjava.checkpoint.Checkpoint;
import java.util.List;
import java.util.Optional;

/**
 * The modules of an architecture, by which files that hold only some of them are told.
 *
 * @param architecture its name
 * @param names prefixes of the modules in order, the head's last: for example {@code backbone},
 *     {@code neck}, {@code head}
 */
public record Parts(String architecture, List<String> names) {
  /** The modules that OpenMMLab's detectors and pose models have. */
  private static final List<String> KNOWN =
      List.of("backbone", "neck", "head", "bbox_head", "keypoint_head");

  public Parts {
    names = List.copyOf(names);
  }

  /**
   * What the file is, unless it holds every part. Without a head it is a part of every architecture
   * that has such a backbone and each of the file's modules.
   *
   * @param backbone whether the file holds the architecture's backbone
   * @param head whether the file holds the architecture's head
   * @return empty if every part is there
   */
  public Optional<Recognition> incomplete(Checkpoint checkpoint, boolean backbone, boolean head) {
    List<String> present = KNOWN.stream().filter(p -> checkpoint.hasPrefix(p + ".")).toList();
    boolean headless = !present.contains(names.get(names.size() - 1)) && names.containsAll(present);
    if (!head && !(backbone && headless)) {
      return Optional.of(new Recognition.Foreign());
    }
    List<String> missing = names.stream().filter(p -> !present.contains(p)).toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Recognition.Part(
                architecture, names.stream().filter(present::contains).toList(), missing));
  }
}
