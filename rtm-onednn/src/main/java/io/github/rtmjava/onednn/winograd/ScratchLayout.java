package io.github.rtmjava.onednn.winograd;

/**
 * Where the parts of a thread's scratch begin. The results take the place of the transformed input,
 * which nobody needs after the products.
 *
 * @param transformedFloats the transformed input, or the results where they are larger
 * @param productFloats the products
 * @param padBytes oneDNN's own
 */
record ScratchLayout(long transformedFloats, long productFloats, long padBytes) {
  private static final long ALIGNMENT = 64;

  long productsAt() {
    return aligned(transformedFloats * Float.BYTES);
  }

  long padAt() {
    return productsAt() + aligned(productFloats * Float.BYTES);
  }

  long bytes() {
    return padAt() + aligned(padBytes);
  }

  private static long aligned(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
