package io.github.rtmjava.app;

import io.github.rtmjava.output.draw.DrawOptions.Detail;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@code --draw} can ask for. */
enum DrawFlag {
  NONE(null),
  BBOX(Detail.BBOX),
  LABEL(Detail.LABEL),
  INDEX(Detail.INDEX),
  OPACITY(Detail.OPACITY),
  TRAIL(Detail.TRAIL),
  BLACK(Detail.BLACK),
  OPENPOSE(Detail.OPENPOSE),
  ANGLES(Detail.ANGLES);

  private final @Nullable Detail detail;

  DrawFlag(@Nullable Detail detail) {
    this.detail = detail;
  }

  static Detail[] details(List<DrawFlag> flags) {
    return flags.stream().map(flag -> flag.detail).filter(Objects::nonNull).toArray(Detail[]::new);
  }

  /** The name as users give it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
