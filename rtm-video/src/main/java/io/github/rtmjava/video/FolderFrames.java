package io.github.rtmjava.video;

import io.github.rtmjava.image.Drawings;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Picture;
import io.github.rtmjava.image.PictureSearch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pictures of a folder, one after the other. */
final class FolderFrames implements Frames {
  private final List<Picture> pictures;
  private final VideoSource.Folder folder;
  private final VideoInfo info;
  private final List<String> problems = new ArrayList<>();
  private int index = -1;

  private FolderFrames(VideoSource.Folder folder, List<Picture> pictures, VideoInfo info) {
    this.folder = folder;
    this.pictures = pictures;
    this.info = info;
  }

  /**
   * Lists a folder and reads its first picture.
   *
   * @throws VideoException if there is none
   */
  static FolderFrames open(VideoSource.Folder folder) throws VideoException {
    PictureSearch search = PictureSearch.of(List.of(folder.name()));
    if (search.pictures().isEmpty()) {
      throw new VideoException(String.join("; ", search.problems()));
    }
    List<Picture> pictures = new ArrayList<>(search.pictures());
    pictures.removeIf(picture -> picture.file().map(Drawings::isOne).orElse(false));
    pictures.sort(Comparator.comparing(Picture::fileName, FrameNames.ORDER));
    Image first = firstOf(folder, pictures);
    VideoInfo info =
        new VideoInfo(
            folder.name(),
            first.width(),
            first.height(),
            folder.frameRate(),
            pictures.size(),
            pictures.size() / folder.frameRate(),
            0,
            false,
            "pictures",
            "pictures",
            "");
    return new FolderFrames(folder, pictures, info);
  }

  private static Image firstOf(VideoSource.Folder folder, List<Picture> pictures)
      throws VideoException {
    IOException found = null;
    for (Picture picture : pictures) {
      try {
        return picture.read();
      } catch (IOException e) {
        found = e;
      }
    }
    throw new VideoException(
        "%s: expected pictures, found none that can be read".formatted(folder.name()), found);
  }

  @Override
  public VideoInfo info() {
    return info;
  }

  @Override
  public void skipTo(double start) {
    while (index + 1 < pictures.size() && timeOf(index + 1) < start) {
      index++;
    }
  }

  @Override
  public boolean next() {
    index = Math.min(index + 1, pictures.size());
    return index < pictures.size();
  }

  @Override
  public long index() {
    return index;
  }

  @Override
  public double time() {
    return timeOf(index);
  }

  private double timeOf(int frame) {
    return frame / folder.frameRate();
  }

  @Override
  public @Nullable Image image() {
    Picture picture = pictures.get(index);
    try {
      Image image = picture.read();
      if (image.width() == info.width() && image.height() == info.height()) {
        return image;
      }
      problems.add(
          "%s: expected a picture of %s x %s as the first, found %s x %s; left out"
              .formatted(
                  picture.name(), info.width(), info.height(), image.width(), image.height()));
    } catch (IOException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    return null;
  }

  @Override
  public List<String> problems() {
    return List.copyOf(problems);
  }

  @Override
  public void close() {}
}
