package io.github.rtmjava.app.option;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The tables of all commands. */
final class Tables {
  private Tables() {}

  static List<Table> all(Material material, CommandTree tree) throws IOException {
    List<Table> tables = new ArrayList<>();
    tables.addAll(InferRuns.tables(material));
    tables.addAll(BatchRuns.tables(material));
    tables.addAll(EvalRuns.tables(material));
    tables.addAll(NetworkRuns.tables(material));
    tables.addAll(ModelsRuns.tables(material));
    tables.addAll(ConverterRuns.tables(material));
    tables.addAll(ServeRuns.tables(material));
    tables.addAll(StandardRuns.tables(tree));
    return tables;
  }
}
