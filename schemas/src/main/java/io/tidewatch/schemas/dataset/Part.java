package io.tidewatch.schemas.dataset;

/** What a row of a data set is for. */
public enum Part {
  /** A model and its scaler are fitted on it. */
  TRAIN("train"),
  /** A fitted model is judged on it. */
  VALIDATION("validation");

  private final String directory;

  Part(String directory) {
    this.directory = directory;
  }

  /** Its name in folders, {@code split=<directory>}, and in documents; never changed. */
  public String directory() {
    return directory;
  }
}
