package io.github.rtmjava.samediff;

import io.github.rtmjava.engine.NetworkExporter;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import java.io.IOException;
import java.nio.file.Path;

/** {@link SameDiffExport} for programs that do without ND4J. */
public final class SameDiffExporter implements NetworkExporter {
  @Override
  public String format() {
    return "samediff";
  }

  @Override
  public void write(Network network, Weights weights, Path file) throws IOException {
    SameDiffExport.write(network, weights, file);
  }
}
