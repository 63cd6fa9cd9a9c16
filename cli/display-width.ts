import truncatedWidth from "fast-string-truncated-width";

/** Columns that a terminal shows a text in: two for a Korean or Japanese character, none for a colour. */
export function displayWidth(text: string): number {
  return truncatedWidth(text).width;
}
