package io.github.rtmjava.server.poses;

import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** Takes a body of {@code multipart/form-data} apart. */
final class FormParts extends MultiPart.AbstractPartsListener {
  private static final int LONGEST_HEADERS = 8 << 10;

  private final int most;
  private final List<Part> parts = new ArrayList<>();
  private final List<ByteBuffer> pieces = new ArrayList<>();
  private boolean damaged;

  private FormParts(int most) {
    this.most = most;
  }

  /**
   * A part.
   *
   * @param name of the field; null where it has none
   * @param fileName as it is given; null where it has none
   */
  record Part(@Nullable String name, @Nullable String fileName, byte[] data) {}

  /**
   * The parts of a body, in their order.
   *
   * @param type of it, which names the boundary of the parts
   * @param most parts
   * @throws ProblemException if it has others, or more
   */
  static List<Part> of(byte[] body, String type, int most) {
    FormParts form = new FormParts(most);
    MultiPart.Parser parser = new MultiPart.Parser(boundary(type), form);
    parser.setMaxParts(-1); // they are counted here
    parser.setPartHeadersMaxLength(LONGEST_HEADERS);
    parser.parse(Content.Chunk.from(ByteBuffer.wrap(body), /* last= */ true));
    if (form.damaged) {
      throw wrong();
    }
    if (form.parts.size() > most) {
      throw new ProblemException(
          Reason.TOO_LARGE, "expected at most %s parts, found more".formatted(most));
    }
    return form.parts;
  }

  private static String boundary(String type) {
    try {
      String boundary = MultiPart.extractBoundary(type);
      if (boundary != null) {
        return boundary;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw wrong();
  }

  private static ProblemException wrong() {
    return new ProblemException(
        Reason.BAD_REQUEST, "expected parts as multipart/form-data has them, found others");
  }

  @Override
  public void onPartContent(Content.Chunk chunk) {
    pieces.add(chunk.getByteBuffer().slice());
  }

  @Override
  public void onPart(@Nullable String name, @Nullable String fileName, HttpFields headers) {
    if (parts.size() <= most) {
      ByteBuffer data = ByteBuffer.allocate(pieces.stream().mapToInt(ByteBuffer::remaining).sum());
      pieces.forEach(data::put);
      parts.add(new Part(name, fileName, data.array()));
    }
    pieces.clear();
  }

  @Override
  public void onFailure(Throwable failure) {
    damaged = true;
  }
}
