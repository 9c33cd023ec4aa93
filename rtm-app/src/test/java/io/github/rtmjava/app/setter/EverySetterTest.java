package io.github.rtmjava.app.setter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every method of the public builders and options with which something is set does something. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class EverySetterTest {
  @TempDir static Path folder;
  private static final Setters SETTERS = new Setters();

  @BeforeAll
  static void fill() throws IOException {
    BuilderSetters.add(SETTERS, folder);
    RequestSetters.add(SETTERS, folder);
    ServerSetters.add(SETTERS, folder);
    FollowingSetters.add(SETTERS, folder);
    OutputSetters.add(SETTERS, folder);
  }

  @TestFactory
  Stream<DynamicTest> hasItsEffect() {
    return SETTERS.effects().entrySet().stream()
        .map(entry -> dynamicTest(entry.getKey(), entry.getValue()));
  }

  @Test
  void isInTheTables() {
    NavigableSet<String> found = new TreeSet<>();
    for (JavaClass imported :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.github.rtmjava")) {
      if (imported.getSimpleName().matches("\\w+(Options|Builder|Rules)")
          && imported.getModifiers().contains(JavaModifier.PUBLIC)
          && !imported.getPackageName().startsWith("io.github.rtmjava.onednn.")) {
        addAll(imported.reflect(), found);
      }
    }
    assertFalse(found.isEmpty());
    assertEquals(found, new TreeSet<>(SETTERS.effects().keySet()));
  }

  /** What gives another one, or itself, for something that is set. */
  private static void addAll(Class<?> type, NavigableSet<String> found) {
    if (Modifier.isAbstract(type.getModifiers())) {
      return;
    }
    for (Method method : type.getMethods()) {
      if (!Modifier.isStatic(method.getModifiers())
          && method.getReturnType() != Object.class
          && method.getReturnType().isAssignableFrom(type)) {
        found.add(Setters.name(type, method));
      }
    }
  }
}
