package io.github.rtmjava.runtime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * Implementations of the interfaces that other modules and programs may implement, found with
 * {@link ServiceLoader}.
 */
public final class Services {
  private Services() {}

  /**
   * All implementations, in the class path's order: first those that the interface's own class
   * loader knows, which are the same on every thread, then those that only the thread's context
   * class loader adds.
   */
  public static <T> List<T> all(Class<T> service) {
    List<T> found = new ArrayList<>();
    Set<Class<?>> known = new HashSet<>();
    add(service, service.getClassLoader(), found, known);
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (context != null && knows(context, service)) {
      add(service, context, found, known);
    }
    return List.copyOf(found);
  }

  private static <T> void add(
      Class<T> service, ClassLoader loader, List<T> found, Set<Class<?>> known) {
    ServiceLoader.load(service, loader).stream()
        .filter(provider -> known.add(provider.type()))
        .forEach(provider -> found.add(provider.get()));
  }

  /** Whether the loader has this very interface, and not none or a copy of its own. */
  private static boolean knows(ClassLoader loader, Class<?> service) {
    try {
      return loader.loadClass(service.getName()) == service;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
