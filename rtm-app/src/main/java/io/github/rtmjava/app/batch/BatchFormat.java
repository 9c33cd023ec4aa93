package io.github.rtmjava.app.batch;

/** The files that results are written to. */
public enum BatchFormat {
  PARQUET,
  JSONL;

  /** The name as users give it. */
  @Override
  public String toString() {
    return this == PARQUET ? "parquet" : "jsonl";
  }
}
