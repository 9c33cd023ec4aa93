package io.github.rtmjava.onednn.natives;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.files.NativeLibrary;
import io.github.rtmjava.tensor.DType;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** oneDNN's C API with errors as exceptions. Loaded once per process. */
public final class Dnnl {
  /** Kernels for every layer of several models at several batch sizes: they are small. */
  private static final int PRIMITIVE_CACHE = 8192;

  private final dnnl_engine engine = new dnnl_engine();
  private final OpenMp openMp;

  private Dnnl() {
    openMp = OpenMp.load();
    check(dnnl_engine_create(engine, dnnl_cpu, 0), "engine");
    check(dnnl_set_primitive_cache_capacity(PRIMITIVE_CACHE), "primitive cache");
  }

  private static final class Holder {
    static final NativeLibrary LIBRARY =
        NativeLibrary.of("oneDNN", () -> Loader.load(org.bytedeco.dnnl.global.dnnl.class));
  }

  /** Its natives have to be there before it is made. */
  private static final class Instance {
    static final Dnnl ONLY = new Dnnl();
  }

  /**
   * The library.
   *
   * @throws UnsatisfiedLinkError if it does not load here, with the reason in one line
   */
  public static Dnnl get() {
    Holder.LIBRARY.require();
    return Instance.ONLY;
  }

  public dnnl_engine engine() {
    return engine;
  }

  /** A stream for what one thread runs at a time, freed with its owner. */
  public dnnl_stream stream(Resources owner) {
    dnnl_stream made = new dnnl_stream();
    check(dnnl_stream_create(made, engine, dnnl_stream_default_flags), "a stream");
    return owner.add(made, () -> dnnl_stream_destroy(made));
  }

  public OpenMp openMp() {
    return openMp;
  }

  /** For example {@code 3.11.0}. */
  public String version() {
    dnnl_version_t version = dnnl_version();
    return "%s.%s.%s".formatted(version.major(), version.minor(), version.patch());
  }

  /** The instructions that oneDNN uses here. */
  public static Isa isa() {
    return new Isa(dnnl_get_effective_cpu_isa());
  }

  /**
   * Checks an answer.
   *
   * @param what what was asked for
   * @throws EngineException where it is not success
   */
  public static void check(int status, String what) {
    if (status != dnnl_success) {
      throw new EngineException("oneDNN refuses %s (status %s)".formatted(what, status));
    }
  }

  static int type(DType type) {
    return switch (type) {
      case FLOAT32 -> dnnl_f32;
      case BFLOAT16 -> dnnl_bf16;
      case UINT8 -> dnnl_u8;
      default -> throw new IllegalArgumentException("no arithmetic on " + type);
    };
  }

  /** A description of memory with the distances between elements given. */
  public static dnnl_memory_desc strided(DType type, long[] dims, long[] strides) {
    dnnl_memory_desc made = new dnnl_memory_desc();
    check(
        dnnl_memory_desc_create_with_strides(made, dims.length, dims, type(type), strides),
        "a memory description");
    return made;
  }

  /** A description of memory whose order oneDNN chooses. */
  public static dnnl_memory_desc any(DType type, long... dims) {
    dnnl_memory_desc made = new dnnl_memory_desc();
    check(
        dnnl_memory_desc_create_with_tag(made, dims.length, dims, type(type), dnnl_format_tag_any),
        "a memory description");
    return made;
  }

  /** A copy of a description, for another owner. */
  public static dnnl_memory_desc copy(dnnl_memory_desc description) {
    dnnl_memory_desc made = new dnnl_memory_desc();
    check(dnnl_memory_desc_clone(made, description), "a memory description");
    return made;
  }

  /** A map with channels last, with {@code pitch} elements from pixel to pixel. */
  public static dnnl_memory_desc map(
      DType type,
      long images,
      long channels,
      long height,
      long width,
      long pitch,
      long imagePitch) {
    return strided(
        type,
        new long[] {images, channels, height, width},
        new long[] {imagePitch, 1, width * pitch, pitch});
  }

  /** A description of a dense array whose last dimension is innermost. */
  public static dnnl_memory_desc dense(DType type, long... dims) {
    return strided(type, dims, rowMajor(dims));
  }

  /** The distances between elements of a dense array whose last dimension is innermost. */
  public static long[] rowMajor(long... dims) {
    long[] strides = new long[dims.length];
    long stride = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= dims[i];
    }
    return strides;
  }

  /**
   * Memory as a primitive takes it, freed with its owner.
   *
   * @param at where it is; null where that is set later
   */
  public dnnl_memory memory(Resources owner, dnnl_memory_desc description, @Nullable Pointer at) {
    dnnl_memory made = new dnnl_memory();
    check(dnnl_memory_create(made, description, engine, at), "memory");
    return owner.add(made, () -> dnnl_memory_destroy(made));
  }
}
