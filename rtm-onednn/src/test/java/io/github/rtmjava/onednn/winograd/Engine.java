package io.github.rtmjava.onednn.winograd;

import static org.bytedeco.dnnl.global.dnnl.*;

import com.sun.jna.NativeLibrary;
import io.github.rtmjava.onednn.natives.Resources;
import io.github.rtmjava.onednn.natives.Status;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;

/** oneDNN on the CPU. */
record Engine(dnnl_engine engine, dnnl_stream stream) implements AutoCloseable {
  static Engine open() {
    Loader.load(dnnl.class);
    Engine made = new Engine(new dnnl_engine(), new dnnl_stream());
    Status.check(dnnl_engine_create(made.engine, dnnl_cpu, 0), "an engine");
    Status.check(dnnl_stream_create(made.stream, made.engine, dnnl_stream_in_order), "a stream");
    return made;
  }

  /** A stream of another thread's. */
  dnnl_stream newStream(Resources user) {
    dnnl_stream made = new dnnl_stream();
    Status.check(dnnl_stream_create(made, engine, dnnl_stream_in_order), "a stream");
    return user.add(made, () -> dnnl_stream_destroy(made));
  }

  /** Has oneDNN run on the thread that calls it. */
  static void singleThreadedHere() {
    Loader.load(dnnl.class);
    NativeLibrary.getInstance("libgomp.so.1")
        .getFunction("omp_set_num_threads")
        .invokeVoid(new Object[] {1});
  }

  @Override
  public void close() {
    dnnl_stream_destroy(stream);
    dnnl_engine_destroy(engine);
  }
}
