package io.github.rtmjava.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.app.Rtm;
import io.github.rtmjava.converter.Conversion;
import io.github.rtmjava.converter.ConversionOptions;
import io.github.rtmjava.engine.Engines;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose3d.PoseInferencer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example as its guide tells it: a file of weights, and everything works with it. */
class BrightSpotTest {
  private static final int SIDE = 32;
  private static final int BINS = 2 * SIDE;

  @TempDir Path dir;
  private Path file;

  /** Weights that need no training: each bin adds up the pixels of its column or its row. */
  @BeforeEach
  void writeWeights() throws IOException {
    float[] columns = new float[BINS * SIDE * SIDE];
    float[] rows = new float[BINS * SIDE * SIDE];
    for (int bin = 0; bin < BINS; bin++) {
      for (int i = 0; i < SIDE; i++) {
        columns[(bin * SIDE + i) * SIDE + bin / 2] = 1;
        rows[(bin * SIDE + bin / 2) * SIDE + i] = 1;
      }
    }
    file = dir.resolve("spot.safetensors");
    Files.write(
        file,
        safetensors(
            """
            {"backbone.brightness.weight":{"dtype":"F32","shape":[1,3,1,1],"data_offsets":[0,12]},
            "head.cls_x.weight":{"dtype":"F32","shape":[64,1024],"data_offsets":[12,262156]},
            "head.cls_y.weight":{"dtype":"F32","shape":[64,1024],"data_offsets":[262156,524300]}}\
            """,
            new float[] {1, 1, 1},
            columns,
            rows));
  }

  @Test
  void theFileIsRecognisedAndConverted() throws IOException {
    Model model = Conversion.open(file, ConversionOptions.DEFAULT);
    assertEquals("bright-spot", model.spec().architecture());
    assertEquals(0, Rtm.execute("convert", file.toString(), "-o", dir.resolve("spot").toString()));
    assertEquals(0, Rtm.execute("verify", dir.resolve("spot").toString()));
  }

  @Test
  void theSpotIsFoundOnEveryEngine() throws IOException {
    for (var engine : Engines.all()) {
      if (engine.probe().usable()) {
        try (PoseInferencer inferencer =
            PoseInferencer.builder()
                .model(file.toString())
                .noDetector()
                .engine(engine.name())
                .build()) {
          PoseResult result = inferencer.predict(picture(70, 30));
          assertEquals(1, result.size());
          // A crop of the padded picture is 125 pixels wide: each of its 32 columns stands for
          // four.
          assertArrayEquals(new float[] {70, 30}, result.keypoints2d()[0][0], 4, engine.name());
          assertTrue(result.scores()[0][0] > 0);
        }
      }
    }
  }

  /** Black, with a white disc of a radius of four pixels. */
  private static Image picture(int x, int y) {
    byte[] bgr = new byte[100 * 100 * 3];
    for (int i = 0; i < 100 * 100; i++) {
      if (Math.hypot(i % 100 - x, i / 100 - y) <= 4) {
        bgr[3 * i] = bgr[3 * i + 1] = bgr[3 * i + 2] = (byte) 255;
      }
    }
    return Image.ofBgr(100, 100, bgr);
  }

  private static byte[] safetensors(String header, float[]... tensors) {
    byte[] json = header.replace("\n", "").getBytes(StandardCharsets.UTF_8);
    int size = 8 + json.length;
    for (float[] tensor : tensors) {
      size += tensor.length * Float.BYTES;
    }
    ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(json.length).put(json);
    for (float[] tensor : tensors) {
      for (float value : tensor) {
        out.putFloat(value);
      }
    }
    return out.array();
  }
}
