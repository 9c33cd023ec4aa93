package io.github.rtmjava.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.github.rtmjava.files.NativeLibrary;
import io.github.rtmjava.onednn.natives.Resources;
import io.github.rtmjava.onednn.natives.Status;
import io.github.rtmjava.tensor.DType;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/** oneDNN's C API with errors as exceptions. Loaded once per process. */
final class Dnnl {
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
  static Dnnl get() {
    Holder.LIBRARY.require();
    return Instance.ONLY;
  }

  dnnl_engine engine() {
    return engine;
  }

  /** A stream for what one thread runs at a time, freed with its user. */
  dnnl_stream stream(Resources user) {
    dnnl_stream made = new dnnl_stream();
    check(dnnl_stream_create(made, engine, dnnl_stream_default_flags), "a stream");
    return user.add(made, () -> dnnl_stream_destroy(made));
  }

  OpenMp openMp() {
    return openMp;
  }

  /** For example {@code 3.11.0}. */
  String version() {
    dnnl_version_t version = dnnl_version();
    return "%s.%s.%s".formatted(version.major(), version.minor(), version.patch());
  }

  /** The instructions that oneDNN uses here. */
  static Isa isa() {
    return new Isa(dnnl_get_effective_cpu_isa());
  }

  static void check(int status, String what) {
    Status.check(status, what);
  }

  static int type(DType type) {
    return switch (type) {
      case FLOAT32 -> dnnl_f32;
      case BFLOAT16 -> dnnl_bf16;
      default -> throw new IllegalArgumentException("no arithmetic on " + type);
    };
  }

  /** A description of memory with the distances between elements given. */
  static dnnl_memory_desc strided(DType type, long[] dims, long[] strides) {
    dnnl_memory_desc made = new dnnl_memory_desc();
    check(
        dnnl_memory_desc_create_with_strides(made, dims.length, dims, type(type), strides),
        "a memory description");
    return made;
  }

  /** A description of memory whose order oneDNN chooses. */
  static dnnl_memory_desc any(DType type, long... dims) {
    dnnl_memory_desc made = new dnnl_memory_desc();
    check(
        dnnl_memory_desc_create_with_tag(made, dims.length, dims, type(type), dnnl_format_tag_any),
        "a memory description");
    return made;
  }

  /** A map with channels last, with {@code pitch} elements from pixel to pixel. */
  static dnnl_memory_desc map(
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

  /** Memory of an owner, described. */
  dnnl_memory memory(dnnl_memory_desc description, @Nullable Pointer at) {
    dnnl_memory made = new dnnl_memory();
    check(dnnl_memory_create(made, description, engine, at), "memory");
    return made;
  }

  /** Which of oneDNN's implementations a primitive is. */
  static String implementation(dnnl_primitive_desc primitive) {
    try (PointerPointer<BytePointer> name = new PointerPointer<>(1)) {
      check(dnnl_primitive_desc_query(primitive, dnnl_query_impl_info_str, 0, name), "a query");
      return new BytePointer(name.get(0)).getString();
    }
  }
}
