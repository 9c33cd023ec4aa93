package io.github.rtmjava.files;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What files that are given to others may say of where something came from. */
public final class PublicName {
  private static final Pattern ADDRESS =
      Pattern.compile("(?is)((?!file:)[a-z][a-z0-9+.-]*://)(?:[^/?#]*@)?([^?#]*).*");

  private PublicName() {}

  /**
   * The last part of a path, without the folders of this machine; an address without user, password
   * and query, which may be secret. Everything else stays as it is.
   */
  public static String of(String source) {
    Matcher address = ADDRESS.matcher(source);
    if (address.matches()) {
      return address.group(1) + address.group(2);
    }
    String path = source.replaceFirst("[/\\\\]+$", "");
    String last = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    return last.isEmpty() ? source : last;
  }
}
