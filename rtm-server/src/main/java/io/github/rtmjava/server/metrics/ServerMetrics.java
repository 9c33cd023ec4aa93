package io.github.rtmjava.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** What a service counts and measures of itself, in the form of Prometheus. */
public final class ServerMetrics {
  private static final double[] PERCENTILES = {0.5, 0.95, 0.99};

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /** Stages of a picture's way. */
  public enum Stage {
    /** Waiting for, and reading, the body. */
    UPLOAD,
    /** From bytes to pixels. */
    DECODE,
    /** From the request's arrival in the queue to its poses: waiting, detector, pose model. */
    COMPUTE,
    /** From poses to bytes. */
    WRITE,
    /** All of it. */
    ALL
  }

  /** A refused request, for a reason of a few. */
  public void refused(String reason) {
    counter("rtm_refused", "Requests that were refused, by reason", "reason", reason).increment();
  }

  /**
   * An answered request.
   *
   * @param route what it asked for, of a few
   * @param status of HTTP
   */
  public void answered(String route, int status) {
    Counter.builder("rtm_requests")
        .description("Requests by route and status")
        .tags("route", route, "status", String.valueOf(status))
        .register(registry)
        .increment();
  }

  /**
   * A client that went away before it was answered.
   *
   * @param route what it asked for, of a few
   */
  public void gone(String route) {
    counter("rtm_gone", "Clients that went away before they were answered", "route", route)
        .increment();
  }

  /** A computed picture. */
  public void picture(String model, int people) {
    counter("rtm_pictures", "Pictures that were computed", "model", model).increment();
    counter("rtm_people", "People in them", "model", model).increment(people);
  }

  /** Something that happened, of a fixed number of kinds. */
  public void count(String name, String description, String tag, String value) {
    counter(name, description, tag, value).increment();
  }

  /** The same by several tags: names and values in turn. */
  public void count(String name, String description, String... tags) {
    Counter.builder(name).description(description).tags(tags).register(registry).increment();
  }

  /** So many at once, as a distribution. */
  public void size(String name, String description, double value) {
    DistributionSummary.builder(name)
        .description(description)
        .publishPercentiles(PERCENTILES)
        .register(registry)
        .record(value);
  }

  /** How long a stage took. */
  public void took(Stage stage, long nanos) {
    Timer.builder("rtm_stage_seconds")
        .description("Time of a picture by stage")
        .tag("stage", stage.name().toLowerCase(Locale.ROOT))
        .publishPercentiles(PERCENTILES)
        .register(registry)
        .record(Duration.ofNanos(Math.max(0, nanos)));
  }

  /** Something that has a value at any time. */
  public void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(registry);
  }

  private Counter counter(String name, String description, String tag, String value) {
    return Counter.builder(name).description(description).tag(tag, value).register(registry);
  }

  /** All of it, as Prometheus reads it. */
  public String scrape() {
    return registry.scrape();
  }
}
