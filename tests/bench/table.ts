import type { Spread } from "./spread.ts";

/** Rows of text as a table with its columns in line: the first to the left, the others to the right. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ");
  return [line(header), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

/** Median, least and most as `12,345 (11,002 – 12,901)`; a dash for what was not measured. */
export function spreadText(spread: Spread | undefined): string {
  return spread ? `${number(spread.median)} (${number(spread.least)} – ${number(spread.most)})` : "–";
}

export function number(value: number, digits = 0): string {
  return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
