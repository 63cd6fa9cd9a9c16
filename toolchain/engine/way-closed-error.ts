/** This machine does not allow one of the ways to an engine; the message says why, as part of a sentence. */
export class WayClosedError extends Error {
  override readonly name = "WayClosedError";
}
