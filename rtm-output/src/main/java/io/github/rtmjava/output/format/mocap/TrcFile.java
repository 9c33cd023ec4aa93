package io.github.rtmjava.output.format.mocap;

import io.github.rtmjava.output.format.Decimals;
import io.github.rtmjava.output.format.Track;
import io.github.rtmjava.output.format.TrackFiles;
import io.github.rtmjava.output.format.Tracks;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * OpenSim's TRC: tab-separated markers, a file for each person. Metres, Y up; {@code Frame#} is the
 * frame's index in its source, from the person's first frame to the last; what is not there is an
 * empty cell.
 */
final class TrcFile {
  private static final int DECIMALS = 6;

  private TrcFile() {}

  static void write(Tracks tracks, TrackFiles files) throws IOException {
    for (Track track : tracks.all()) {
      String name = files.name(track, ".trc");
      files.write(track, ".trc", out -> write(tracks, track, name, out));
    }
  }

  private static void write(Tracks tracks, Track track, String name, OutputStream out)
      throws IOException {
    Recording recording = tracks.recording();
    List<String> markers = MarkerNames.of(recording.keypointSet());
    StringBuilder text = new StringBuilder();
    head(tracks, track, name, markers, text);
    int next = 0;
    for (int frame = track.first(); frame <= track.last(); frame++) {
      text.append(tracks.index(frame)).append('\t');
      Decimals.append(text, tracks.time(frame), DECIMALS);
      if (track.frame(next) == frame) {
        for (double[] point : Upright.points(tracks.person(track, next), recording.frame())) {
          for (double value : point) {
            text.append('\t');
            if (!Double.isNaN(value)) {
              Decimals.append(text, value, DECIMALS);
            }
          }
        }
        next++;
      } else {
        text.append("\t".repeat(3 * markers.size()));
      }
      text.append('\n');
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
      text.setLength(0);
    }
  }

  private static void head(
      Tracks tracks, Track track, String name, List<String> markers, StringBuilder text) {
    text.append("PathFileType\t4\t(X/Y/Z)\t").append(name).append('\n');
    text.append("DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate")
        .append("\tOrigDataStartFrame\tOrigNumFrames\n");
    StringBuilder rate = new StringBuilder();
    Decimals.append(rate, tracks.rate(), DECIMALS);
    text.append(rate).append('\t').append(rate).append('\t').append(track.span());
    text.append('\t').append(markers.size()).append("\tm\t").append(rate);
    text.append('\t').append(tracks.index(track.first()));
    text.append('\t').append(track.span()).append('\n');
    text.append("Frame#\tTime");
    for (String marker : markers) {
      text.append('\t').append(marker).append("\t\t");
    }
    text.append("\n\t");
    for (int i = 1; i <= markers.size(); i++) {
      text.append("\tX").append(i).append("\tY").append(i).append("\tZ").append(i);
    }
    text.append("\n\n");
  }
}
