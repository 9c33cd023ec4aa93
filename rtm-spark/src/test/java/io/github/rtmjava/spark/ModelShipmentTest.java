package io.github.rtmjava.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelShipmentTest {
  @TempDir Path folder;

  /** Where the driver's path does not lead anywhere, Spark's files do, and are the same ones. */
  @Test
  void filesAndFoldersArriveWhole() throws IOException {
    Path file = folder.resolve("one.rtm");
    Files.write(file, new byte[] {1, 2, 3});
    Path bundle = Files.createDirectories(folder.resolve("two with blanks/deep"));
    Files.write(bundle.resolve("weights"), new byte[] {4});
    Files.write(bundle.resolveSibling("model.json"), new byte[] {5, 6});
    Path namesake = Files.createDirectories(folder.resolve("other")).resolve("one.rtm");
    Files.write(namesake, new byte[] {7});
    for (Path path : List.of(file, namesake, bundle.getParent())) {
      ModelFile model = ModelFile.of(path.toString());
      JavaSparkContext spark =
          JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
      ModelShipment.send(model, spark.sc());
      ModelFile elsewhere = new ModelFile("/not/on/executors/" + model.name(), model.sha256());
      String found = spark.parallelize(List.of(elsewhere), 1).map(ModelFile::resolve).first();
      assertEquals(model.sentName(), Path.of(found).getFileName().toString());
    }
  }
}
