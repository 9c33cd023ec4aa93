package io.github.rtmjava.motion.smooth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.motion.smooth.SignalFilter.LiveFilter;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The filters on made-up signals, and beside numbers that scipy 1.17.1 computes. */
class SignalFilterTest {
  private static final double RATE = 25;

  @Test
  void butterworthGivesTheNumbersOfScipy() {
    assertMatches(
        new Butterworth(6).apply(times(40), signal(40), ones(40)),
        new int[] {0, 1, 7, 20, 38, 39},
        -4.4900360751304325e-05,
        0.6394674498933922,
        1.5759919001519598,
        -0.386851749027018,
        1.3559616848236793,
        1.8301192240400923);
  }

  @Test
  void liveButterworthGivesTheNumbersOfScipy() {
    assertMatches(
        live(new Butterworth(6), times(40), signal(40)),
        new int[] {0, 1, 7, 20, 39},
        0.0,
        0.1661025807601596,
        1.3870810827837077,
        -0.21871759837028576,
        1.4060451163279173);
  }

  @Test
  void savitzkyGolayGivesTheNumbersOfScipy() {
    assertMatches(
        new SavitzkyGolay(7).apply(times(40), signal(40), ones(40)),
        new int[] {0, 1, 7, 20, 38, 39},
        0.13622311964969072,
        0.5400501870471601,
        1.49303525630058,
        -0.3041463467893031,
        1.4609783360672521,
        1.6918517906105526);
  }

  @Test
  void medianGivesTheNumbersOfScipy() {
    assertMatches(
        new Median(5).apply(times(40), signal(40), ones(40)),
        new int[] {2, 7, 20, 37},
        0.7824642555732532,
        1.3676826503236619,
        -0.13558975022554554,
        1.393662246288912);
  }

  /** Two passes of a filter that damps its cutoff by 3 dB halve a sine of that frequency. */
  @Test
  void butterworthHalvesASineOfItsCutoff() {
    double[] t = times(400);
    double[] sine = Arrays.stream(t).map(x -> Math.sin(2 * Math.PI * 3 * x)).toArray();
    double[] out = new Butterworth(3).apply(t, sine, ones(400));
    for (int i = 100; i < 300; i++) {
      assertEquals(sine[i] / 2, out[i], 1e-6);
    }
  }

  /** The paper's equations, worked out by hand for three samples at 25 Hz. */
  @Test
  void oneEuroFollowsThePaper() {
    double[] out =
        new OneEuro(1, 0.5).apply(new double[] {0, 0.04, 0.08}, new double[] {0, 2, 2}, ones(3));
    double share = 2 * Math.PI * 0.04 / (2 * Math.PI * 0.04 + 1);
    double speed = share * 50;
    double r = 2 * Math.PI * (1 + 0.5 * speed) * 0.04;
    double second = 2 * r / (r + 1);
    speed -= share * speed;
    r = 2 * Math.PI * (1 + 0.5 * speed) * 0.04;
    assertArrayEquals(new double[] {0, second, second + (2 - second) * r / (r + 1)}, out, 1e-12);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void leavesAConstantAsItIs(SmoothKind kind) {
    double[] constant = new double[50];
    Arrays.fill(constant, 123.25);
    assertArrayEquals(constant, filter(kind).apply(uneven(50), constant, ones(50)), 1e-9);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"NONE", "ONE_EURO"})
  void takesNoiseFromASlowSine(SmoothKind kind) {
    double[] t = times(500);
    double[] clean = Arrays.stream(t).map(x -> 100 * Math.sin(2 * Math.PI * 0.5 * x)).toArray();
    double[] noisy = noisy(clean, 5);
    double[] scales = new double[500];
    Arrays.fill(scales, 200);
    double[] out = filter(kind).apply(t, noisy, scales);
    assertTrue(
        rms(out, clean) < 0.9 * rms(noisy, clean), rms(out, clean) + ": " + rms(noisy, clean));
    assertTrue(jitter(out) < 0.8 * jitter(noisy), jitter(out) + ": " + jitter(noisy));
  }

  /** In motion it lags, which costs more than the noise it takes. */
  @Test
  void oneEuroTakesNoiseAtRest() {
    double[] rest = new double[500];
    double[] noisy = noisy(rest, 5);
    double[] scales = new double[500];
    Arrays.fill(scales, 200);
    double[] out = filter(SmoothKind.ONE_EURO).apply(times(500), noisy, scales);
    assertTrue(rms(out, rest) < 0.7 * rms(noisy, rest), rms(out, rest) + "");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void doesTheSameLater(SmoothKind kind) {
    double[] values = signal(60);
    double[] early = filter(kind).apply(uneven(60), values, ones(60));
    double[] later = Arrays.stream(uneven(60)).map(t -> t + 1000).toArray();
    assertArrayEquals(early, filter(kind).apply(later, values, ones(60)), 1e-6);
  }

  @ParameterizedTest
  @EnumSource(names = {"BUTTERWORTH", "GAUSSIAN", "SAVGOL"})
  void givesOfASumTheSum(SmoothKind kind) {
    double[] t = uneven(60);
    double[] one = signal(60);
    double[] other = noisy(new double[60], 3);
    double[] sum = new double[60];
    for (int i = 0; i < 60; i++) {
      sum[i] = 2 * one[i] + other[i];
    }
    double[] first = filter(kind).apply(t, one, ones(60));
    double[] second = filter(kind).apply(t, other, ones(60));
    double[] together = filter(kind).apply(t, sum, ones(60));
    for (int i = 0; i < 60; i++) {
      assertEquals(2 * first[i] + second[i], together[i], 1e-9);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BUTTERWORTH", "GAUSSIAN", "SAVGOL", "MEDIAN"})
  void addsNoLagOffline(SmoothKind kind) {
    double[] step = step(101);
    double[] out = filter(kind).apply(times(101), step, ones(101));
    for (int i = 0; i <= 50; i++) {
      assertEquals(1, out[50 + i] + out[50 - i], 1e-9, "not the same before and after the step");
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void endsAtTheTopOfAStep(SmoothKind kind) {
    double[] out = filter(kind).apply(times(301), step(301), ones(301));
    assertEquals(0, out[10], 1e-3);
    assertEquals(1, out[290], 1e-3);
    assertTrue(Arrays.stream(out).max().orElseThrow() < 1.2, "overshoots too far");
  }

  /** How far the filters that do not look ahead come late on a steady motion, in seconds. */
  @Test
  void liveFiltersLagAsTheirTheorySays() {
    double[] t = times(200);
    double[] ramp = Arrays.stream(t).map(x -> 10 * x).toArray();
    double butterworth = (ramp[199] - live(new Butterworth(6), t, ramp)[199]) / 10;
    double warped = 2 * RATE * Math.tan(Math.PI * 6 / RATE);
    assertEquals(Math.sqrt(2) / warped, butterworth, 1e-6);
    double median = (ramp[199] - live(new Median(5), t, ramp)[199]) / 10;
    assertEquals(2 / RATE, median, 1e-9);
    double atRest = (ramp[199] - live(new OneEuro(1, 0), t, ramp)[199]) / 10;
    assertEquals(1 / (2 * Math.PI), atRest, 1e-6);
    double inMotion = (ramp[199] - live(new OneEuro(1, 1), t, ramp)[199]) / 10;
    assertEquals(1 / (2 * Math.PI * 11), inMotion, 1e-6);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void aPartWithItsMarginIsExact(SmoothKind kind) {
    double[] t = times(2000);
    double[] values = noisy(signal(2000), 1);
    double[] whole = filter(kind).apply(t, values, ones(2000));
    int margin = filter(kind).margin(RATE);
    int from = 900 - margin;
    int to = 1000 + margin;
    double[] part =
        filter(kind)
            .apply(
                Arrays.copyOfRange(t, from, to),
                Arrays.copyOfRange(values, from, to),
                ones(to - from));
    for (int i = 900; i < 1000; i++) {
      assertEquals(whole[i], part[i - from], 1e-7);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void takesShortSignals(SmoothKind kind) {
    for (int n = 0; n < 12; n++) {
      double[] out = filter(kind).apply(uneven(n), signal(n), ones(n));
      assertEquals(n, out.length);
      assertTrue(Arrays.stream(out).allMatch(Double::isFinite));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BUTTERWORTH", "ONE_EURO", "MEDIAN"})
  void liveFiltersBeginAtTheFirstValue(SmoothKind kind) {
    assertEquals(7, filter(kind).live().orElseThrow().next(3, 7, 1));
  }

  @Test
  void butterworthChangesNothingAboveHalfTheRate() {
    assertArrayEquals(
        signal(40), new Butterworth(12.5).apply(times(40), signal(40), ones(40)), 1e-12);
  }

  @Test
  void refuseParametersThatMakeNoSense() {
    assertThrows(IllegalArgumentException.class, () -> new Butterworth(0));
    assertThrows(IllegalArgumentException.class, () -> new Gaussian(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new Median(4));
    assertThrows(IllegalArgumentException.class, () -> new SavitzkyGolay(3));
    assertThrows(IllegalArgumentException.class, () -> new OneEuro(1, -1));
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> SmoothKind.of("kalman"));
    assertEquals(
        "expected one of butterworth, one_euro, gaussian, median, savgol, none to smooth with,"
            + " found kalman",
        refusal.getMessage());
  }

  private static SignalFilter filter(SmoothKind kind) {
    return SmoothOptions.of(kind).filter().orElseThrow();
  }

  private static double[] live(SignalFilter filter, double[] times, double[] values) {
    LiveFilter live = filter.live().orElseThrow();
    double[] out = new double[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = live.next(times[i], values[i], 1);
    }
    return out;
  }

  private static void assertMatches(double[] found, int[] at, double... expected) {
    assertArrayEquals(expected, Arrays.stream(at).mapToDouble(i -> found[i]).toArray(), 1e-9);
  }

  /** What the numbers of scipy were computed from. */
  private static double[] signal(int n) {
    double[] out = new double[n];
    for (int i = 0; i < n; i++) {
      out[i] = i * 7919 % 101 / 101.0 + Math.sin(i / 5.0);
    }
    return out;
  }

  private static double[] times(int n) {
    double[] out = new double[n];
    for (int i = 0; i < n; i++) {
      out[i] = i / RATE;
    }
    return out;
  }

  private static double[] uneven(int n) {
    double[] out = times(n);
    for (int i = 0; i < n; i++) {
      out[i] += 0.01 * Math.sin(i * 1.7);
    }
    return out;
  }

  private static double[] ones(int n) {
    double[] out = new double[n];
    Arrays.fill(out, 1);
    return out;
  }

  private static double[] step(int n) {
    double[] out = new double[n];
    Arrays.fill(out, n / 2 + 1, n, 1);
    out[n / 2] = 0.5;
    return out;
  }

  private static double[] noisy(double[] clean, double deviation) {
    Random random = new Random(8);
    return Arrays.stream(clean).map(x -> x + deviation * random.nextGaussian()).toArray();
  }

  private static double rms(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.pow(one[i] - other[i], 2);
    }
    return Math.sqrt(sum / one.length);
  }

  private static double jitter(double[] values) {
    double sum = 0;
    for (int i = 2; i < values.length; i++) {
      sum += Math.pow(values[i] - 2 * values[i - 1] + values[i - 2], 2);
    }
    return Math.sqrt(sum / (values.length - 2));
  }
}
