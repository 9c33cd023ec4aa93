package io.github.rtmjava.image;

import io.github.rtmjava.web.Redirects;
import java.util.List;

/**
 * The pictures that a user names, found as {@link MediaSearch} does, but without videos: of a
 * picture that moves the first frame is read.
 *
 * @param pictures named as the user would
 * @param problems one line for each name that leads to none
 */
public record PictureSearch(List<Picture> pictures, List<String> problems) {
  public PictureSearch {
    pictures = List.copyOf(pictures);
    problems = List.copyOf(problems);
  }

  /** Looks for what each of the names means. */
  public static PictureSearch of(List<String> names) {
    return of(names, Redirects.PUBLIC);
  }

  /**
   * Looks for what each of the names means.
   *
   * @param redirects which are followed when pictures of the web are read
   */
  public static PictureSearch of(List<String> names, Redirects redirects) {
    MediaSearch found = MediaSearch.ofPictures(names, redirects);
    return new PictureSearch(found.pictures(), found.problems());
  }
}
