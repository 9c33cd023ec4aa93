package io.github.rtmjava.app.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.app.FakeEngine;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Npy;
import io.github.rtmjava.tensor.Npz;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The bare networks: {@code rtm run} and {@code rtm doctor}. */
final class NetworkRuns {
  private NetworkRuns() {}

  static List<Table> tables(Material material) throws IOException {
    return List.of(run(material), doctor(material));
  }

  private static Table run(Material material) throws IOException {
    Table run = new Table("run");
    String one = batch(material, 1);
    String two = batch(material, 2);
    Line line =
        Line.rtm("run", "fake-pose", "-i", one, "-o", Line.OUT + "/y.npz", "--engine", "fake");
    run.option("BUNDLE")
        .between(line.replacing("fake-pose", "fake-flat-pose"), line)
        .turns(
            r -> List.copyOf(Npz.read(r.file("y.npz")).keySet()),
            List.of("simcc_x", "simcc_y"),
            List.of("simcc_x", "simcc_y", "simcc_z"));
    run.option("--input")
        .between(line, line.replacing(one, two))
        .turns(
            r -> Npz.read(r.file("y.npz")).get("simcc_x").shape(),
            Shape.of(1, 133, 48),
            Shape.of(2, 133, 48));
    run.option("--output")
        .between(line, line.replacing(Line.OUT + "/y.npz", Line.OUT + "/z.npz"))
        .turns(Run::files, List.of("y.npz"), List.of("z.npz"));
    String detector = material.detector().toString();
    Line free = Line.rtm("run", detector, "-i", picture(material), "-o", Line.OUT + "/y.npz");
    EngineRuns.add(run, line, free);
    WebRuns.add(run, free.replacing(detector, material.moved("run.rtm")));
    // Two engines give the same numbers in ways of their own.
    run.option("--engine", "samediff")
        .on(free)
        .shows(
            (without, with) -> {
              assertEquals(0, with.code(), with.said());
              assertTrue(without.said().contains("oneDNN"), without.said());
              assertTrue(with.said().contains("(samediff"), with.said());
              float[] usual = Npz.read(without.file("y.npz")).get("cls0").toFloats();
              float[] other = Npz.read(with.file("y.npz")).get("cls0").toFloats();
              for (int i = 0; i < usual.length; i++) {
                assertEquals(usual[i], other[i], 1e-2f);
              }
            });
    return run;
  }

  private static Table doctor(Material material) {
    Table doctor = new Table("doctor");
    Line line = Line.rtm("doctor");
    doctor
        .option("--json")
        .on(line)
        .shows(
            (without, with) -> {
              assertTrue(without.out().startsWith("rtm "), without.said());
              assertEquals(
                  System.getProperty("java.version"), with.printed().at("/java/version").asText());
            });
    Line plan = Line.rtm("doctor", "--plan", "fake-pose", "--engine", "fake");
    doctor.option("--plan").between(line, plan).says("fake-pose: fake, FLOAT32");
    doctor.option("--runs", "7").on(plan).turns(NetworkRuns::profiled, 20, 7);
    doctor
        .option("--spark", "fake-pose")
        .on(Line.rtm("doctor", "--engine", "fake"))
        .says("spark.executor.memoryOverhead");
    doctor.option("--engine", "fake").on(line).says("fake: asked for; made up");
    EngineRuns.add(doctor, plan, line);
    WebRuns.add(doctor, Line.rtm("doctor", "--plan", material.moved("doctor.rtm")));
    return doctor;
  }

  private static int profiled(Run run) {
    return run.uses().stream()
        .filter(use -> use.act() == FakeEngine.Act.PROFILE)
        .mapToInt(FakeEngine.Use::count)
        .max()
        .orElseThrow();
  }

  private static String batch(Material material, int images) throws IOException {
    return write(material, "x" + images + ".npy", Shape.of(images, 3, 32, 24));
  }

  private static String picture(Material material) throws IOException {
    return write(material, "x.npy", Shape.of(1, 3, 320, 320));
  }

  private static String write(Material material, String name, Shape shape) throws IOException {
    Path file = material.folder().resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      Npy.write(Tensor.allocate(DType.FLOAT32, shape), out);
    }
    return file.toString();
  }
}
