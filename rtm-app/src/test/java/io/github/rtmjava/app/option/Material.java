package io.github.rtmjava.app.option;

import com.sun.net.httpserver.HttpServer;
import io.github.rtmjava.app.Avi;
import io.github.rtmjava.app.MovedFiles;
import io.github.rtmjava.app.Pictures;
import io.github.rtmjava.converter.ExportFormat;
import io.github.rtmjava.converter.Exports;
import io.github.rtmjava.model.MapWeights;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelSources;
import io.github.rtmjava.models.EmbeddedModels;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is looked at: pictures and videos made here, and what comes with the program. */
final class Material implements AutoCloseable {
  static final int SIDE = 64;

  /** Of {@link #clip} and {@link #gap}, in a second. */
  static final int RATE = 10;

  /** Of {@link #clip} and {@link #gap}. */
  static final int FRAMES = 20;

  /** How many people the samples show. */
  static final int PEOPLE = 7;

  private static final Path SAMPLES = Path.of("..", "samples");

  /** Less than float16 can tell. */
  private static final float ROUGHNESS = 1e-4f;

  private final Path folder;
  private final HttpServer server;
  private final MovedFiles moved;

  Material(Path folder) throws IOException {
    this.folder = folder;
    Pictures.write(folder.resolve("night.png"), Pictures.DARK);
    Pictures.write(folder.resolve("day.png"), Pictures.BRIGHT);
    Pictures.write(folder.resolve("two.png"), Pictures.WHITE);
    for (int i = 0; i < 4; i++) {
      Pictures.write(folder.resolve("frames/f" + i + ".png"), Pictures.BRIGHT);
    }
    writeClip("clip.avi", FRAMES, FRAMES);
    writeClip("gap.avi", 8, 11);
    writeClip("long-gap.avi", 4, 16);
    embedded("rtmdet-nano_synth-320.rtm");
    embedded("rtmw3d-t_synth-128x96.rtm");
    writeRough();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] detector = Files.readAllBytes(detector());
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, detector.length);
          exchange.getResponseBody().write(detector);
          exchange.close();
        });
    server.start();
    moved = new MovedFiles(folder, detector());
  }

  /** The folder of what is made here. */
  Path folder() {
    return folder;
  }

  /** Nobody, for the made-up models. */
  String night() {
    return file("night.png");
  }

  /** One person, for the made-up models. */
  String day() {
    return file("day.png");
  }

  /** Two people, for the made-up models, whose boxes have an IoU of 0.13. */
  String two() {
    return file("two.png");
  }

  /** A folder of pictures of one person. */
  String frames() {
    return file("frames");
  }

  /** One person in every frame, with sound. */
  String clip() {
    return file("clip.avi");
  }

  /** One person who is not there for 0.3 seconds. */
  String gap() {
    return file("gap.avi");
  }

  /** One person who is not there for 1.2 seconds. */
  String longGap() {
    return file("long-gap.avi");
  }

  /** A rendered picture with one person. */
  String scene() {
    return SAMPLES.resolve("scene_05.png").toString();
  }

  /** A rendered video of somebody who squats. */
  String squat() {
    return SAMPLES.resolve("clip_01.mp4").toString();
  }

  /** The folder of rendered pictures and their truth. */
  String samples() {
    return SAMPLES.toString();
  }

  /** The bundle of the embedded detector. */
  Path detector() {
    return folder.resolve("rtmdet-nano_synth-320.rtm");
  }

  /** The bundle of the embedded pose model. */
  Path pose() {
    return folder.resolve("rtmw3d-t_synth-128x96.rtm");
  }

  /** A checkpoint that is like the detector's, but for small differences, and in float32. */
  Path rough() {
    return folder.resolve("rough.pth");
  }

  /** The address of a file on this machine's server, which holds the detector's bundle. */
  String address(String name) {
    return "http://localhost:%d/%s".formatted(server.getAddress().getPort(), name);
  }

  /**
   * An address that leads to another host of this machine, where the file of that name is, or
   * otherwise the detector's bundle.
   */
  String moved(String name) {
    return moved.address(name);
  }

  /** Writes a text. */
  String text(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private void embedded(String name) throws IOException {
    try (InputStream in = EmbeddedModels.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException(name + " is not embedded");
      }
      Files.copy(in, folder.resolve(name));
    }
  }

  private void writeRough() throws IOException {
    Model model = ModelSources.open(detector().toString());
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (String key : model.weights().keys()) {
      Tensor tensor = model.weights().get(key);
      if (tensor.dtype() == DType.FLOAT16) {
        float[] values = tensor.toFloats();
        for (int i = 0; i < values.length; i++) {
          values[i] *= 1 + ROUGHNESS;
        }
        tensor = Tensor.of(values, values.length).reshaped(tensor.shape());
      }
      weights.put(key, tensor);
    }
    Model rough = new Model("rough", model.spec(), new MapWeights(weights), model.provenance());
    Exports.write(rough(), rough, ExportFormat.PTH);
  }

  /** Bright, and dark from one frame to before another. */
  private void writeClip(String name, int darkFrom, int darkTo) throws IOException {
    int[] greys = new int[FRAMES];
    for (int i = 0; i < FRAMES; i++) {
      greys[i] = i >= darkFrom && i < darkTo ? Pictures.DARK : Pictures.BRIGHT;
    }
    Avi.write(folder.resolve(name), RATE, greys);
  }

  @Override
  public void close() {
    server.stop(0);
    moved.close();
  }
}
