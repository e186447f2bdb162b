package io.tidewatch.schemas.dataset;

/** What chance puts into a part as a whole. */
public enum By {
  /** A window of a device. Windows that overlap then end up in both parts, which is a leak. */
  WINDOW,
  /** A device with all its windows. */
  DEVICE
}
