package io.tidewatch.testkit.fuzz;

import java.util.HexFormat;

/**
 * A promise that was broken.
 *
 * @param what was thrown, and where, on one line
 * @param input that did it, as small as it was made
 */
public record FuzzFailure(String what, byte[] input) {
  private static final String OURS = "io.tidewatch.";
  private static final String FUZZ = FuzzFailure.class.getPackageName();

  /** The input as people hand it on. */
  public String hex() {
    return HexFormat.of().formatHex(input);
  }

  /** What was thrown, and the first line of ours that was about to do it. */
  static String describe(Throwable thrown) {
    if (thrown instanceof BrokenPromise broken) {
      return String.valueOf(broken.getMessage());
    }
    String at = "";
    for (StackTraceElement frame : thrown.getStackTrace()) {
      if (frame.getClassName().startsWith(OURS) && !frame.getClassName().startsWith(FUZZ)) {
        at = " at " + frame.getClassName() + "." + frame.getMethodName();
        break;
      }
    }
    return thrown.getClass().getSimpleName() + at;
  }
}
