import { displayWidth } from "./display-width.ts";

/**
 * Text in lines that fit into so many columns of a terminal, each line going on below where it began. A line is broken between
 * words only, so that an ARN or a path stays whole, and never within a command that somebody may copy.
 *
 * @param columns `undefined` where nothing has to fit, because it goes into a file or a pipe
 * @example wrapped("  Nothing has been changed.", 20) // "  Nothing has been\n  changed."
 */
export function wrapped(text: string, columns: number | undefined): string {
  if (columns === undefined) return text;
  return text
    .split("\n")
    .flatMap((line) => wrappedLine(line, columns))
    .join("\n");
}

function wrappedLine(line: string, columns: number): readonly string[] {
  if (displayWidth(line) <= columns) return [line];
  const indent = /^ */.exec(line)?.[0] ?? "";
  const [first = "", ...words] = wordsOf(line.trimStart());
  const lines: string[] = [];
  let current = indent + first;
  for (const word of words) {
    if (displayWidth(`${current} ${word}`) <= columns) {
      current += ` ${word}`;
      continue;
    }
    lines.push(current);
    current = indent + word;
  }
  return [...lines, current];
}

/** A command counts as one word. */
function wordsOf(text: string): readonly string[] {
  return text
    .replaceAll(command, (whole) => whole.replaceAll(" ", gluedSpace))
    .split(" ")
    .map((word) => word.replaceAll(gluedSpace, " "));
}

const gluedSpace = "\u0000";

/** As messages name one: after a colon, up to a semicolon or the sentence's end. */
const command = /(?<=: )(?:aws|break-glass|eval|jq) .*?(?=;|\.?$|\. )/g;
