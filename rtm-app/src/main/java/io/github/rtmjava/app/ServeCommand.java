package io.github.rtmjava.app;

import io.github.rtmjava.engine.ShutdownHold;
import io.github.rtmjava.files.Interruption;
import io.github.rtmjava.server.PoseServer;
import io.github.rtmjava.server.config.ServerOptions;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rtm serve}: poses over HTTP and WebSocket, and a page with a camera. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    customSynopsis = "rtm serve [OPTION]...",
    description = {
      "Serves a page that shows skeletons over a camera, a picture or a video, and the same to"
          + " programs over HTTP and WebSocket.",
      "",
      "Prints one line with the address when it is ready, and runs until it is stopped (Ctrl-C):"
          + " then it takes nothing in any more, finishes what it has accepted, and ends."
    },
    footer = {
      "",
      "Examples:",
      "  rtm serve",
      "  rtm serve --model body=rtmpose-m --model hands=hand --port 9000",
      "  rtm serve --camera webcam --camera door=rtsp://user:password@192.168.1.20/stream1",
      "  rtm serve --host 0.0.0.0 --token-file tokens.txt --tls-self-signed",
      "",
      "Exit codes: 0 it was stopped and everything accepted is answered; 1 it could not start, or"
          + " something accepted was cut off; 2 the command line is wrong."
    })
final class ServeCommand implements Callable<Integer> {
  private static final long SIGN_MILLIS = 1000;

  @Spec private CommandSpec command = CommandSpec.create();

  @Mixin(name = "Access")
  private ServeFlags.Access access = new ServeFlags.Access();

  @Mixin(name = "Models")
  private ServeFlags.Models models = new ServeFlags.Models();

  @Mixin(name = "Cameras")
  private ServeFlags.Cameras cameras = new ServeFlags.Cameras();

  @Mixin(name = "Jobs")
  private ServeFlags.Jobs jobs = new ServeFlags.Jobs();

  @Mixin(name = "Limits")
  private ServeFlags.Limits limits = new ServeFlags.Limits();

  @Mixin(name = "Engine")
  private EngineFlags engine = new EngineFlags();

  @Override
  public Integer call() throws IOException {
    Console console = new Console(command);
    ServerOptions options = options();
    CountDownLatch stop = new CountDownLatch(1);
    try (Interruption interruption =
        new Interruption(() -> console.note("stopping: what was accepted is answered"))) {
      PoseServer server = interruption.breakable(() -> PoseServer.start(options));
      try {
        console.say("ready at " + server.address());
        remarks(options).forEach(console::note);
        return interruption.completing(
            () -> interruption.stoppable(stop::countDown, () -> run(server, stop, interruption)));
      } finally {
        server.close();
      }
    }
  }

  /** Until it is stopped; then what was accepted is finished. */
  private static int run(PoseServer server, CountDownLatch stop, Interruption interruption) {
    // A process that ends takes its engines away; not before what was accepted is computed.
    ShutdownHold hold = ShutdownHold.take();
    try {
      while (!stop.await(SIGN_MILLIS, TimeUnit.MILLISECONDS)) {
        interruption.step();
      }
      return server.drain() ? ExitCode.OK : ExitCode.SOFTWARE;
    } catch (InterruptedException e) {
      // It ends, and closes what it has, which an interrupted thread could not.
      return ExitCode.SOFTWARE;
    } finally {
      hold.close();
    }
  }

  private static List<String> remarks(ServerOptions options) {
    return !options.isLoopback() && options.tokens().isEmpty()
        ? List.of("--no-token: whoever reaches %s may ask".formatted(options.host()))
        : List.of();
  }

  private ServerOptions options() throws IOException {
    try {
      ServerOptions options =
          ServerOptions.DEFAULT
              .at(access.host, access.port)
              .withModels(models.configs(engine.engine, engine.options(command)))
              .withNames(access.names)
              .withOrigins(access.origins)
              .withTls(access.tls())
              .withLimits(limits.limits())
              .withJobs(jobs.folder)
              .withUrls(jobs.patterns())
              .withCameras(cameras.sources())
              .withCameraModels(cameras.models())
              .withTokens(access.tokens());
      ServerOptions asked = access.withoutToken ? options.withoutToken(true) : options;
      asked.requireSafe();
      return asked;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
