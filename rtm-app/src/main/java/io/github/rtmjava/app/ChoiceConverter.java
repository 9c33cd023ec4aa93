package io.github.rtmjava.app;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads one of a few words, in any case, as the help writes them: errors list the same words.
 *
 * @param choices what there is; their texts are the words
 */
record ChoiceConverter<E extends Enum<E>>(E[] choices) implements ITypeConverter<E> {

  /** Makes all flags of these commands that take one of a few words read it so. */
  static void register(CommandLine commands) {
    for (ArgSpec arg : commands.getCommandSpec().args()) {
      for (Class<?> type : arg.auxiliaryTypes()) {
        if (type.isEnum()) {
          register(commands, type.asSubclass(Enum.class));
        }
      }
    }
    commands.getSubcommands().values().forEach(ChoiceConverter::register);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Any kind of enum.
  private static void register(CommandLine command, Class<? extends Enum> type) {
    command.registerConverter((Class) type, new ChoiceConverter(type.getEnumConstants()));
  }

  @Override
  public E convert(String value) {
    return Arrays.stream(choices)
        .filter(choice -> choice.toString().equalsIgnoreCase(value.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected %s, found '%s'"
                        .formatted(
                            Arrays.stream(choices)
                                .map(E::toString)
                                .collect(Collectors.joining(", ")),
                            value)));
  }
}
