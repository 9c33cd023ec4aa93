package io.github.rtmjava.app;

import io.github.rtmjava.web.Redirects;
import picocli.CommandLine.Option;

/** The flags that say which servers are asked. */
final class WebFlags implements GroupedOptions.Group {
  @Option(
      names = "--allow-private-hosts",
      description =
          "Lets an address redirect to another host of this machine or of a private network."
              + " Without it, such hosts are asked only where they are named.")
  private boolean privateHosts;

  /** Which redirects are followed. */
  Redirects redirects() {
    return privateHosts ? Redirects.PRIVATE_TOO : Redirects.PUBLIC;
  }
}
