package io.github.rtmjava.app;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.text.DecimalFormat;
import java.util.Arrays;
import java.util.Formatter;

/** The arrows between modules, and what may appear where, checked on the compiled classes. */
@AnalyzeClasses(
    packages = "io.github.rtmjava",
    importOptions = {
      ImportOption.DoNotIncludeTests.class,
      ArchitectureTest.DoNotIncludeTestJars.class
    })
final class ArchitectureTest {

  private static final String ROOT = "io.github.rtmjava.";

  private static final String[] CORE = {
    ROOT + "tensor..",
    ROOT + "checkpoint..",
    ROOT + "files..",
    ROOT + "runtime..",
    ROOT + "web..",
    ROOT + "nn..",
    ROOT + "model..",
    ROOT + "engine..",
    ROOT + "pose..",
    ROOT + "geometry.."
  };

  @ArchTest
  static final ArchRule modulesDependInOneDirection =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("core")
          .definedBy(CORE)
          .layer("architectures")
          .definedBy(ROOT + "architectures..")
          .layer("bundle")
          .definedBy(ROOT + "bundle..")
          .layer("motion")
          .definedBy(ROOT + "motion..")
          .layer("image")
          .definedBy(ROOT + "image..")
          .layer("video")
          .definedBy(ROOT + "video..")
          .layer("samediff")
          .definedBy(ROOT + "samediff..")
          .layer("compiler")
          .definedBy(ROOT + "compiler..")
          .layer("onednn")
          .definedBy(ROOT + "onednn..")
          .layer("detector")
          .definedBy(ROOT + "detector..")
          .layer("pose3d")
          .definedBy(ROOT + "pose3d..")
          .layer("output")
          .definedBy(ROOT + "output..")
          .layer("recording")
          .definedBy(ROOT + "recording..")
          .layer("eval")
          .definedBy(ROOT + "eval..")
          .layer("converter")
          .definedBy(ROOT + "converter..")
          .layer("models")
          .definedBy(ROOT + "models..")
          .layer("server")
          .definedBy(ROOT + "server..")
          .layer("app")
          .definedBy(ROOT + "app..")
          .whereLayer("core")
          .mayNotAccessAnyLayer()
          .whereLayer("architectures")
          .mayOnlyAccessLayers("core")
          .whereLayer("bundle")
          .mayOnlyAccessLayers("core")
          .whereLayer("motion")
          .mayOnlyAccessLayers("core")
          .whereLayer("image")
          .mayOnlyAccessLayers("core")
          .whereLayer("video")
          .mayOnlyAccessLayers("core", "image")
          .whereLayer("samediff")
          .mayOnlyAccessLayers("core")
          .whereLayer("compiler")
          .mayOnlyAccessLayers("core")
          .whereLayer("onednn")
          .mayOnlyAccessLayers("core", "compiler")
          .whereLayer("detector")
          .mayOnlyAccessLayers("core", "architectures", "image")
          .whereLayer("pose3d")
          .mayOnlyAccessLayers("core", "architectures", "motion", "image", "detector")
          .whereLayer("output")
          .mayOnlyAccessLayers("core", "motion", "image")
          .whereLayer("recording")
          .mayOnlyAccessLayers("core", "motion", "image", "video", "pose3d", "output")
          .whereLayer("eval")
          .mayOnlyAccessLayers("core")
          .whereLayer("converter")
          .mayOnlyAccessLayers("core", "bundle")
          .whereLayer("models")
          .mayOnlyAccessLayers("core", "bundle", "converter")
          .whereLayer("server")
          .mayOnlyAccessLayers("core", "motion", "image", "video", "pose3d", "output", "recording")
          .ensureAllClassesAreContainedInArchitecture();

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("io.github.rtmjava.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule coreIsPlainJava =
      classes()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(with(CORE, "java..", "javax.net..", "org.jspecify.."));

  @ArchTest
  static final ArchRule networksAreRecognisedAndBuiltInPlainJava =
      classes()
          .that()
          .resideInAPackage(ROOT + "architectures..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(with(CORE, ROOT + "architectures..", "java..", "org.jspecify.."));

  @ArchTest
  static final ArchRule onlySamediffKnowsNd4j =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "samediff..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.nd4j..");

  @ArchTest
  static final ArchRule onlyImagesAndEnginesKnowJavaCpp =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              ROOT + "image..", ROOT + "video..", ROOT + "samediff..", ROOT + "onednn..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco..");

  @ArchTest
  static final ArchRule onlyTheServerKnowsHttpServers =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "server..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.javalin..",
              "org.eclipse.jetty..",
              "jakarta.servlet..",
              "io.micrometer..",
              "org.bouncycastle..");

  /** Not even the command, which finds what does as a service: the module rtm-spark. */
  @ArchTest
  static final ArchRule nobodyHereKnowsSpark =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..");

  @ArchTest
  static final ArchRule onlyOneRoomAsksWebServers =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "web..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.net.http..");

  @ArchTest
  static final ArchRule onlyOnednnKnowsJna =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "onednn..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.sun.jna..");

  @ArchTest
  static final ArchRule onlyOnednnKnowsOneDnn =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "onednn..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco.dnnl..");

  @ArchTest
  static final ArchRule theCompilerIsPlainJava =
      classes()
          .that()
          .resideInAPackage(ROOT + "compiler..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(with(CORE, ROOT + "compiler..", "java..", "org.jspecify.."));

  @ArchTest
  static final ArchRule onednnNeedsNothingElse =
      classes()
          .that()
          .resideInAPackage(ROOT + "onednn..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              with(
                  CORE,
                  ROOT + "compiler..",
                  ROOT + "onednn..",
                  "org.bytedeco.dnnl..",
                  "org.bytedeco.javacpp..",
                  "com.sun.jna..",
                  "java..",
                  "org.jspecify.."));

  @ArchTest
  static final ArchRule onednnShowsItsEngineOnly =
      classes()
          .that()
          .resideInAPackage(ROOT + "onednn")
          .and()
          .areTopLevelClasses()
          .and()
          .doNotHaveSimpleName("OnednnEngine")
          .and()
          .doNotHaveSimpleName("package-info")
          .should()
          .notBePublic();

  @ArchTest
  static final ArchRule onlyCommandsParseArguments =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + "converter..", ROOT + "app..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule onlyCommandsWriteToTheConsole =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "app..")
          .and(describe("do not use picocli", type -> !usesPicocli(type)))
          .should(ACCESS_STANDARD_STREAMS);

  /** With the user's language come other digits, decimal points and capitals. */
  @ArchTest
  static final ArchRule noTextIsMadeInTheUsersLanguage =
      noClasses()
          .should()
          .callMethod(String.class, "format", String.class, Object[].class)
          .orShould()
          .callMethod(String.class, "toLowerCase")
          .orShould()
          .callMethod(String.class, "toUpperCase")
          .orShould()
          .callMethod(PrintWriter.class, "printf", String.class, Object[].class)
          .orShould()
          .callMethod(PrintWriter.class, "format", String.class, Object[].class)
          .orShould()
          .callMethod(PrintStream.class, "printf", String.class, Object[].class)
          .orShould()
          .callMethod(PrintStream.class, "format", String.class, Object[].class)
          .orShould()
          .callConstructor(DecimalFormat.class, String.class)
          .orShould()
          .callConstructor(Formatter.class)
          .orShould()
          .callConstructor(Formatter.class, Appendable.class);

  private static boolean usesPicocli(JavaClass type) {
    return type.getDirectDependenciesFromSelf().stream()
        .anyMatch(dependency -> dependency.getTargetClass().getPackageName().startsWith("picocli"));
  }

  private static String[] with(String[] packages, String... more) {
    String[] all = Arrays.copyOf(packages, packages.length + more.length);
    System.arraycopy(more, 0, all, packages.length, more.length);
    return all;
  }

  /** Leaves out the test helpers that modules publish for each other. */
  static final class DoNotIncludeTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }
}
