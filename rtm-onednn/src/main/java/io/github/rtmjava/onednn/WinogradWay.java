package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Way;
import io.github.rtmjava.onednn.winograd.Tile;
import io.github.rtmjava.tensor.DType;

/** Winograd's minimal filtering with tiles of a kind, always in float32. */
record WinogradWay(Tile tile) implements Way {
  @Override
  public String name() {
    return "winograd-%sx%s-of-%s".formatted(tile.outputs(), tile.outputs(), tile.taps());
  }

  @Override
  public boolean readsWindow() {
    return true;
  }

  @Override
  public boolean writesWindow() {
    return true;
  }

  @Override
  public boolean addsInPlace() {
    return true;
  }

  @Override
  public DType computesIn() {
    return DType.FLOAT32;
  }

  @Override
  public long weightBytes(Kernel.Convolution conv) {
    return (long) conv.in() / conv.groups() * conv.out() * tile.products() * Float.BYTES;
  }
}
