package io.github.rtmjava.app;

import io.github.rtmjava.converter.ConverterCommand;
import io.github.rtmjava.files.OpenFiles;

/**
 * The {@code rtm-converter} program on the class path of {@code rtm}. Java finds this class in the
 * first file there, and needs to open most others before it finds the converter's own: too many,
 * where few may be open.
 */
public final class RtmConverter {
  private RtmConverter() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(
        OpenFiles.guarded(
            "rtm-converter",
            System.err,
            () -> {
              ConverterCommand.main(args);
              return 0;
            }));
  }
}
