/** A point in time as the official plugin writes it: RFC 3339 to the second. */
export function timestamp(time: Date | undefined): string {
  return time ? time.toISOString().replace(/\.\d+Z$/, "Z") : "";
}
