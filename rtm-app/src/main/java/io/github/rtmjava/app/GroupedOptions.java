package io.github.rtmjava.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Layout;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Lists a command's options in its help: those of its own first, then those of each named {@link
 * Mixin} under that name. Picocli's own groups of options would do, but forget what they were told
 * when an option of theirs comes again.
 */
final class GroupedOptions {
  private GroupedOptions() {}

  /** The list of options of a command's help. */
  static String render(Help help) {
    CommandSpec command = help.commandSpec();
    Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
    List<OptionSpec> own = new ArrayList<>(command.options());
    command
        .mixins()
        .forEach(
            (name, mixin) -> {
              if (mixin.userObject() instanceof Group) {
                List<String> names = mixin.options().stream().map(OptionSpec::longestName).toList();
                List<OptionSpec> members =
                    own.stream().filter(o -> names.contains(o.longestName())).toList();
                own.removeAll(members);
                groups.put(name, members);
              }
            });
    StringBuilder text = new StringBuilder(list(help, own));
    groups.forEach(
        (name, options) ->
            text.append(System.lineSeparator())
                .append(name)
                .append(':')
                .append(System.lineSeparator())
                .append(list(help, options)));
    return text.toString();
  }

  private static String list(Help help, List<OptionSpec> options) {
    Layout layout = help.createDefaultLayout();
    layout.addOptions(options, help.parameterLabelRenderer());
    return layout.toString();
  }

  /** Flags that are listed under a name of their own. */
  interface Group {}
}
