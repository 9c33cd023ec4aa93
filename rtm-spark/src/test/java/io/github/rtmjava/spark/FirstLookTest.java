package io.github.rtmjava.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.pose3d.PoseConfig;
import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

class FirstLookTest {
  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());

  @Test
  void saysWhatAnExecutorNeeds() throws IOException {
    FirstLook look = take(PoseConfig.of("default"));
    assertEquals("", look.problem());
    assertTrue(look.outside() > 20 << 20, look.toString());
    assertTrue(look.task() > 0 && look.task() < look.outside(), look.toString());
  }

  @Test
  void whatCannotBeOpenedIsOneLine() throws IOException {
    String problem = take(PoseConfig.of("no-such-model")).problem();
    assertTrue(problem.startsWith("executor on "), problem);
    assertTrue(problem.contains("no-such-model"), problem);
    assertEquals(1, problem.lines().count());
  }

  @Test
  void aJavaThatLetsNoNativesInIsToldWithTheSetting() {
    Throwable refused =
        new ExceptionInInitializerError(
            new IllegalArgumentException("Illegal native access from: unnamed module @1"));
    assertEquals(
        "expected a Java that lets native libraries in, found one that does not; start it with"
            + " --enable-native-access=ALL-UNNAMED (Illegal native access from: unnamed module"
            + " @1); on executors with spark.executor.extraJavaOptions",
        FirstLook.line(refused));
  }

  private FirstLook take(PoseConfig config) throws IOException {
    PictureSettings settings = PictureSettings.of(config);
    return spark.parallelize(List.of(settings), 1).map(FirstLook::take).first();
  }
}
