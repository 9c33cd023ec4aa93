package io.github.rtmjava.spark;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.SerializableConfiguration;

/** A picture of a row of the user's, which keeps its columns. */
interface ColumnSource extends PictureTask.Source {
  /** The row that it comes from. */
  Row from();

  @Override
  default Row row(Object[] columns) {
    Row from = from();
    Object[] all = new Object[from.length() + columns.length];
    for (int i = 0; i < from.length(); i++) {
      all[i] = from.get(i);
    }
    System.arraycopy(columns, 0, all, from.length(), columns.length);
    return RowFactory.create(all);
  }

  /** Whose bytes are in a column. */
  record OfBytes(Row from, int index) implements ColumnSource {
    @Override
    public String name() {
      return "picture";
    }

    @Override
    public byte[] bytes(int most) throws IOException {
      if (from.isNullAt(index)) {
        throw new IOException("expected the bytes of a picture, found null");
      }
      byte[] bytes = from.getAs(index);
      return PictureFiles.checked(bytes, most, name());
    }
  }

  /** Whose path is in a column. */
  record OfPath(Row from, int index, SerializableConfiguration hadoop) implements ColumnSource {
    @Override
    public String name() {
      return from.isNullAt(index) ? "picture" : from.getString(index);
    }

    @Override
    public byte[] bytes(int most) throws IOException {
      if (from.isNullAt(index)) {
        throw new IOException("expected the path of a picture, found null");
      }
      return PictureFiles.read(new Path(from.getString(index)), hadoop.value(), most);
    }
  }
}
