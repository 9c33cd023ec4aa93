package io.github.rtmjava.models;

import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelListener;
import io.github.rtmjava.model.ModelNaming;
import io.github.rtmjava.model.Provenance;
import java.io.IOException;
import java.util.Optional;

/**
 * Knows official files under any name by their SHA-256, and points out files that have an official
 * name and another content. It looks at the manifest alone: how the zoo is reached does not matter.
 */
public final class OfficialNaming implements ModelNaming {
  private final ZooNames zoo;

  /** The files of the official manifest. */
  public OfficialNaming() {
    this(ZooNames.official());
  }

  OfficialNaming(ZooNames zoo) {
    this.zoo = zoo;
  }

  @Override
  public Optional<Model> named(String reference, Model model, ModelListener listener)
      throws IOException {
    Provenance origin = model.provenance();
    Optional<ZooEntry> official = zoo.ofContent(origin.sha256());
    if (official.isPresent()) {
      ZooEntry entry = official.get();
      if (!entry.file().equals(origin.source())) {
        listener.notice(
            "%s is the official %s (%s)".formatted(reference, entry.name(), entry.file()));
      }
      return Optional.of(OfficialModel.of(entry, model));
    }
    zoo.find(origin.source())
        .filter(entry -> entry.checksum().isKnown())
        .ifPresent(
            entry ->
                listener.notice(
                    "%s has the name of the official %s and another content: expected %s, found %s"
                        .formatted(
                            reference,
                            entry.name(),
                            entry.checksum().describe(),
                            origin.sha256())));
    return Optional.empty();
  }
}
