package io.github.rtmjava.video;

/**
 * What a video says of itself before its frames are read.
 *
 * @param name what results and messages call it: a path, an address without user and query, or a
 *     camera
 * @param width of the frames as shown, in square pixels, after rotation
 * @param height of the frames as shown, after rotation
 * @param frameRate frames in a second, on average; 0 where it does not say
 * @param frames how many it says it has; 0 where it does not say
 * @param duration in seconds; 0 where it does not say
 * @param rotation by which its pictures were turned clockwise to stand upright: 0, 90, 180 or 270
 *     degrees
 * @param live whether frames come when they are taken, and are lost if nobody reads them
 * @param format of the file or stream, as FFmpeg calls it; {@code pictures} for a folder
 * @param videoCodec as FFmpeg calls it, as {@code h264}
 * @param audioCodec as FFmpeg calls it, as {@code aac}; empty where there is no sound
 */
public record VideoInfo(
    String name,
    int width,
    int height,
    double frameRate,
    long frames,
    double duration,
    int rotation,
    boolean live,
    String format,
    String videoCodec,
    String audioCodec) {

  /** Whether there is sound. */
  public boolean hasAudio() {
    return !audioCodec.isEmpty();
  }
}
