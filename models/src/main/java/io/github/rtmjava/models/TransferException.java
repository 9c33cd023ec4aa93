package io.github.rtmjava.models;

import java.io.IOException;

/** Why a file did not come from one address. */
final class TransferException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean temporary;

  private TransferException(String message, boolean temporary) {
    super(message);
    this.temporary = temporary;
  }

  /** Another attempt may bring it. */
  static TransferException temporary(String message) {
    return new TransferException(message, true);
  }

  /** This address has nothing to offer. */
  static TransferException lasting(String message) {
    return new TransferException(message, false);
  }

  boolean isTemporary() {
    return temporary;
  }
}
