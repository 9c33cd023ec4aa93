package io.github.rtmjava.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What this module may know; that no other knows Spark is ArchitectureTest's in rtm-app. */
@AnalyzeClasses(
    packages = "io.github.rtmjava.spark",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class SparkArrowsTest {
  private static final String ROOT = "io.github.rtmjava.";

  @ArchTest
  static final ArchRule knowsNoMoreThanItSays =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT + "samediff..",
              ROOT + "onednn..",
              ROOT + "compiler..",
              ROOT + "converter..",
              ROOT + "models..",
              ROOT + "server..",
              ROOT + "detector..",
              "picocli..",
              "org.bytedeco..");

  @ArchTest
  static final ArchRule programsThatCallItDoWithoutTheCommand =
      noClasses()
          .that()
          .haveNameMatching(
              ".*\\.(Poses?|PoseColumns|PoseTransformer|PoseFunctions|Keypoints|On.*|Pic.*|Column.*|Model.*|Executor.*)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + "app..", ROOT + "recording..", ROOT + "video..");
}
