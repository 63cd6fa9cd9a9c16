import truncatedWidth from "fast-string-truncated-width";
import { displayWidth } from "./display-width.ts";
import { wrapped } from "./wrapped.ts";

/**
 * Lines in which the cells of each column begin below each other, by the width that a terminal shows: a Korean or
 * Japanese character takes two columns. The last cell of a row may be as long as it likes; where it has to fit into a terminal,
 * it goes on below its own beginning.
 *
 * @param columns of the terminal; `undefined` where nothing has to fit
 * @example inColumns([["ACCOUNT", "NAME"], ["333333333333", "주문"]])
 */
export function inColumns(rows: readonly (readonly string[])[], columns?: number): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.slice(0, -1).entries()) {
      widths[column] = Math.max(widths[column] ?? 0, displayWidth(cell));
    }
  }
  return rows.flatMap((row) => {
    const before = row.slice(0, -1).map((cell, column) => `${padded(cell, widths[column] ?? 0)}  `);
    return besides(before.join(""), row.at(-1) ?? "", columns);
  });
}

function besides(start: string, cell: string, columns: number | undefined): readonly string[] {
  const begins = displayWidth(start);
  if (columns === undefined || begins + displayWidth(cell) <= columns) return [start + cell];
  const [first = "", ...others] = wrapped(cell, Math.max(columns - begins, narrowest)).split("\n");
  return [start + first, ...others.map((line) => " ".repeat(begins) + line)];
}

/** What is left of a very narrow terminal is better broken by itself than a word a line. */
const narrowest = 24;

/** The text in at most so many columns, without what would move the cursor; an ellipsis says that some is missing. */
export function fitted(text: string, columns: number): string {
  const shown = text.replaceAll(/\p{Cc}/gu, "�");
  const { index, ellipsed } = truncatedWidth(shown, { limit: columns, ellipsis: "…", ellipsisWidth: 1 });
  return ellipsed ? `${shown.slice(0, index)}…` : shown;
}

function padded(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - displayWidth(text)));
}
