package io.github.rtmjava.converter.testing;

import io.github.rtmjava.testing.MadeWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the checkpoint of any model of the parity data at full size, in the layout that OpenMMLab
 * publishes. From the root, after an install:
 *
 * <pre>
 * ./mvnw -q -pl converter test-compile dependency:build-classpath -Dmdep.outputFile=target/cp
 * java -cp converter/target/classes:converter/target/test-classes:$(cat converter/target/cp) \
 *     io.github.rtmjava.converter.testing.WriteMadeCheckpoint rtmw3d-x_384x288 rtmw3d-x.pth
 * </pre>
 */
public final class WriteMadeCheckpoint {
  private WriteMadeCheckpoint() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      throw new IllegalArgumentException("expected MODEL FILE");
    }
    Map<String, Object> meta = new LinkedHashMap<>();
    meta.put("epoch", 270);
    meta.put("mmpose_version", "1.1.0");
    TorchFiles.legacy(Path.of(args[1]), MadeWeights.of(args[0]), meta);
  }
}
