package io.github.rtmjava.models;

import io.github.rtmjava.converter.testing.TorchFiles;
import io.github.rtmjava.model.Architectures;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.nn.block.CspNext;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.MadeWeights;
import io.github.rtmjava.web.EnvironmentProxies;
import io.github.rtmjava.web.Redirects;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An RTMDet of very small width as a checkpoint file, and a zoo that holds it. */
final class TestModels {
  static final String FILE = "rtmdet_pico_8xb32-300e_made-up.pth";

  private TestModels() {}

  /** The file's bytes; another offset, another file. */
  static byte[] checkpoint(double offset) {
    Map<String, Integer> hyper = new TreeMap<>();
    new CspNext(2, List.of(4, 8, 16, 32, 64), List.of(1, 1, 1, 1), true, false).putInto(hyper);
    hyper.put("neck_blocks", 1);
    hyper.put("neck_out", 4);
    hyper.put("classes", 1);
    hyper.put("head_channels", 4);
    hyper.put("stacked_convs", 1);
    hyper.put("share_conv", 0);
    hyper.put("exp_on_reg", 0);
    ModelSpec spec =
        new ModelSpec(
            "rtmdet",
            Task.DETECTION,
            InputSpec.bgr(320, 320),
            new Codec.Boxes(0.05f, 1000, 0.6f, 100, 0.3f),
            List.of("person"),
            hyper);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Architectures.named("rtmdet")
        .build(spec)
        .weights()
        .forEach(
            (key, shape) -> tensors.put(key, MadeWeights.uniform(key, offset, 0.1, shape.dims())));
    return TorchFiles.legacy(tensors, Map.of());
  }

  /** A zoo's entry for such a file. */
  static ZooEntry entry(byte[] checkpoint, URI... urls) {
    return entry(sha256(checkpoint).substring(0, 8), urls);
  }

  /** An entry with a SHA-256 as published, which may be empty. */
  static ZooEntry entry(String sha256, URI... urls) {
    return new ZooEntry(
        "rtmdet-pico",
        List.of("pico"),
        List.of("rtmdet_pico_640-8xb32_made-up"),
        "rtmdet",
        Task.DETECTION,
        null,
        "nothing",
        new ZooEntry.Size(224, 192),
        FILE,
        List.of(urls),
        1,
        sha256,
        "Apache-2.0",
        List.of(),
        null,
        0.4f);
  }

  /** An entry whose file is elsewhere. */
  static ZooEntry at(ZooEntry entry, List<URI> urls) {
    return new ZooEntry(
        entry.name(),
        entry.aliases(),
        entry.configs(),
        entry.architecture(),
        entry.task(),
        entry.keypoints(),
        entry.dataset(),
        entry.input(),
        entry.file(),
        urls,
        entry.megabytes(),
        entry.sha256(),
        entry.licence(),
        entry.figures(),
        entry.detector(),
        entry.threshold());
  }

  static Zoo zoo(Path cache, ZooEntry... entries) {
    return zoo(cache, false, List.of(), entries);
  }

  static Zoo zoo(Path cache, boolean offline, List<URI> mirrors, ZooEntry... entries) {
    return new Zoo(
        List.of(entries),
        List.of(),
        new ZooSettings(
            cache,
            () -> mirrors,
            offline,
            new Transfer(
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                1,
                3,
                Duration.ZERO,
                new EnvironmentProxies(Map.of(), null),
                Redirects.PUBLIC)));
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
