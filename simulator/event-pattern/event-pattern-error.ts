/** A text that is no event pattern; the message is AWS's reason. */
export class EventPatternError extends Error {
  override readonly name = "EventPatternError";
}
