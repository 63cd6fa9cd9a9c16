import truncatedWidth from "fast-string-truncated-width";

/**
 * Lines in which the cells of each column begin below each other, by the width that a terminal shows: a Korean or
 * Japanese character takes two columns. The last cell of a row may be as long as it likes.
 *
 * @example inColumns([["ACCOUNT", "NAME"], ["333333333333", "주문"]])
 */
export function inColumns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.slice(0, -1).entries()) {
      widths[column] = Math.max(widths[column] ?? 0, displayWidth(cell));
    }
  }
  return rows.map((row) =>
    row.map((cell, column) => (column === row.length - 1 ? cell : padded(cell, widths[column] ?? 0))).join("  "),
  );
}

/** The text in at most so many columns, without what would move the cursor; an ellipsis says that some is missing. */
export function fitted(text: string, columns: number): string {
  const shown = text.replaceAll(/\p{Cc}/gu, "�");
  const { index, ellipsed } = truncatedWidth(shown, { limit: columns, ellipsis: "…", ellipsisWidth: 1 });
  return ellipsed ? `${shown.slice(0, index)}…` : shown;
}

function displayWidth(text: string): number {
  return truncatedWidth(text).width;
}

function padded(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - displayWidth(text)));
}
