package io.github.rtmjava.app;

import io.github.rtmjava.image.Drawings;
import io.github.rtmjava.output.draw.ContactSheet;
import io.github.rtmjava.output.draw.Overlay;
import io.github.rtmjava.pose3d.Inference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Pages with small pictures of all results, {@code sheet_01.png} and so on. */
final class Sheets implements AutoCloseable {
  private final Path folder;
  private final Overlay overlay;
  private @Nullable ContactSheet page;
  private final String stem;
  private final List<Path> written = new ArrayList<>();

  Sheets(Path folder, String stem, Overlay overlay) {
    this.stem = stem;
    this.folder = folder;
    this.overlay = overlay;
  }

  void add(Inference.Found found) throws IOException {
    ContactSheet open = page == null ? new ContactSheet(overlay) : page;
    page = open;
    open.add(found.image(), found.result(), found.picture().fileName());
    if (open.isFull()) {
      finish();
    }
  }

  /** Writes the last page; all of them. */
  List<Path> finish() throws IOException {
    ContactSheet open = page;
    if (open != null) {
      String name = String.format(Locale.ROOT, "%s_%02d.png", stem, written.size() + 1);
      Path target = folder.resolve(name);
      Drawings.write(open.toImage(), target);
      written.add(target);
      close();
    }
    return List.copyOf(written);
  }

  @Override
  public void close() {
    if (page != null) {
      page.close();
      page = null;
    }
  }
}
