package io.github.rtmjava.spark;

import java.sql.Timestamp;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The columns of a batch's files: where a picture comes from, and what was found in it. */
final class BatchColumns {
  private static final StructType SOURCE =
      new StructType()
          .add("source", DataTypes.StringType)
          .add("archive", DataTypes.StringType)
          .add("source_bytes", DataTypes.LongType)
          .add("source_modified", DataTypes.TimestampType)
          .add("sha256", DataTypes.StringType);

  private static final StructType SCHEMA = joined();

  private BatchColumns() {}

  static StructType schema() {
    return SCHEMA;
  }

  /**
   * A row.
   *
   * @param entry of an archive; null for the file itself
   * @param sha256 of the picture's file; null where it could not be read
   * @param columns what was found
   */
  static Row row(Item item, @Nullable String entry, @Nullable String sha256, Object[] columns) {
    Object[] all = new Object[SCHEMA.size()];
    all[0] = entry == null ? item.source() : item.source() + "!/" + entry;
    all[1] = item.archive() ? item.source() : null;
    all[2] = item.bytes();
    all[3] = new Timestamp(item.modified());
    all[4] = sha256;
    System.arraycopy(columns, 0, all, SOURCE.size(), columns.length);
    return RowFactory.create(all);
  }

  private static StructType joined() {
    StructType all = SOURCE;
    for (StructField field : PoseColumns.schema().fields()) {
      all = all.add(field);
    }
    return all;
  }
}
