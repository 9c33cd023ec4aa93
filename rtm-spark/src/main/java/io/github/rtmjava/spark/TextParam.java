package io.github.rtmjava.spark;

import java.lang.reflect.InvocationTargetException;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.Identifiable;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Parameters with a text, whose constructor takes a class tag in Spark 4.0 and none in 4.2. */
final class TextParam {
  private TextParam() {}

  @SuppressWarnings("unchecked")
  static Param<String> of(Identifiable parent, String name, String doc) {
    try {
      try {
        return Param.class
            .getConstructor(Identifiable.class, String.class, String.class)
            .newInstance(parent, name, doc);
      } catch (NoSuchMethodException e) {
        return Param.class
            .getConstructor(Identifiable.class, String.class, String.class, ClassTag.class)
            .newInstance(parent, name, doc, ClassTag$.MODULE$.apply(String.class));
      }
    } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
      throw new IllegalStateException("expected Spark 4, found another (%s)".formatted(e), e);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
