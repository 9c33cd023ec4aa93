package io.github.rtmjava.benchmarks.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A new operation, or a new kernel, does not compile wherever it is forgotten: the compiler itself
 * is asked, with one more of them planted in the sources of everything that dispatches on them.
 */
class ForgottenOperationTest {
  private static final String NN = "rtm-core/src/main/java/io/github/rtmjava/nn/";
  private static final String COMPILER = "rtm-compiler/src/main/java/io/github/rtmjava/compiler/";

  /** Where operations are dispatched. */
  private static final List<String> OF_OPERATIONS =
      List.of(
          NN,
          "rtm-core/src/test/java/io/github/rtmjava/testing/Reference.java",
          COMPILER,
          "rtm-samediff/src/main/java/",
          "benchmarks/src/main/java/io/github/rtmjava/benchmarks/onnx/");

  /** Where kernels are dispatched. */
  private static final List<String> OF_KERNELS =
      List.of(
          COMPILER,
          "rtm-compiler/src/test/java/io/github/rtmjava/compiler/PlainRun.java",
          "rtm-onednn/src/main/java/");

  private static final String OPERATION =
      """
        record Planted() implements Elementwise {
          @Override
          public <R extends @Nullable Object, X extends Exception> R accept(
              Node node, OpVisitor<R, X> visitor) throws X {
            return visitor.planted(node, this);
          }
        }
      """;

  private static final String KERNEL =
      """
        record Planted() implements Kernel {
          @Override
          public <R extends @Nullable Object> R accept(Step step, KernelVisitor<R> visitor) {
            return visitor.planted(step, this);
          }
        }
      """;

  @TempDir private Path classes;

  @Test
  void theSourcesCompileAsTheyAre() throws IOException {
    assertEquals(Set.of(), filesWithErrors(OF_OPERATIONS, Map.of()));
    assertEquals(Set.of(), filesWithErrors(OF_KERNELS, Map.of()));
  }

  @Test
  void anOperationThatAnswersNoVisitorDoesNotCompile() throws IOException {
    Map<String, String> planted =
        Map.of(NN + "Op.java", "  record Planted() implements Elementwise {}\n");
    assertEquals(Set.of("Op.java"), filesWithErrors(List.of(NN), planted));
  }

  @Test
  void anOperationDoesNotCompileWhereItIsForgotten() throws IOException {
    Map<String, String> planted =
        Map.of(
            NN + "Op.java",
            OPERATION,
            NN + "OpVisitor.java",
            "  R planted(Node node, Op.Planted op) throws X;\n");
    assertEquals(
        Set.of(
            "FusionRules.java",
            "Lowering.java",
            "OnnxNodes.java",
            "OpEmitter.java",
            "Reference.java",
            "Simplification.java"),
        filesWithErrors(OF_OPERATIONS, planted));
  }

  @Test
  void aKernelDoesNotCompileWhereItIsForgotten() throws IOException {
    Map<String, String> planted =
        Map.of(
            COMPILER + "Kernel.java",
            KERNEL,
            COMPILER + "KernelVisitor.java",
            "  R planted(Step step, Kernel.Planted kernel);\n");
    assertEquals(
        Set.of("DenseKernels.java", "KernelEmitter.java", "PlainRun.java", "TypeRules.java"),
        filesWithErrors(OF_KERNELS, planted));
  }

  /**
   * Compiles the sources.
   *
   * @param places files and folders of the sources
   * @param planted what to add to the end of the type in a file
   * @return the names of the files in which the compiler finds errors
   */
  private Set<String> filesWithErrors(List<String> places, Map<String, String> planted)
      throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    List<String> options =
        List.of(
            "-proc:none",
            "-nowarn",
            "-implicit:none",
            "-Xmaxerrs",
            "1000",
            "--should-stop=ifNoError=FLOW",
            "--release",
            "17");
    List<String> all = new ArrayList<>(options);
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    all.addAll(List.of("-classpath", path));
    all.addAll(List.of("-d", classes.toString()));
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8)) {
      List<JavaFileObject> sources = new ArrayList<>();
      Map<Path, String> additions = new TreeMap<>();
      planted.forEach((file, text) -> additions.put(Path.of("..").resolve(file), text));
      for (Path file : files(places)) {
        String addition = additions.remove(file);
        if (addition == null) {
          files.getJavaFileObjects(file).forEach(sources::add);
        } else {
          sources.add(with(file, addition));
        }
      }
      assertEquals(Map.of(), additions, "planted in files that are not compiled");
      compiler.getTask(null, files, found, all, null, sources).call();
    }
    Set<String> names = new TreeSet<>();
    for (Diagnostic<? extends JavaFileObject> each : found.getDiagnostics()) {
      if (each.getKind() == Diagnostic.Kind.ERROR) {
        JavaFileObject source = each.getSource();
        names.add(
            source == null
                ? each.getMessage(Locale.ROOT)
                : Path.of(source.getName()).getFileName().toString());
      }
    }
    return names;
  }

  private static List<Path> files(List<String> places) throws IOException {
    List<Path> all = new ArrayList<>();
    for (String place : places) {
      try (Stream<Path> files = Files.walk(Path.of("..").resolve(place))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(all::add);
      }
    }
    return all;
  }

  private static JavaFileObject with(Path file, String addition) throws IOException {
    String text = Files.readString(file);
    int end = text.lastIndexOf('}');
    String changed = text.substring(0, end) + addition + text.substring(end);
    URI name = file.toAbsolutePath().normalize().toUri();
    return new SimpleJavaFileObject(name, JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return changed;
      }
    };
  }
}
