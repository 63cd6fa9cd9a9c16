import { EventPatternError } from "./event-pattern-error.ts";

/** `*` stands for any text, `\*` and `\\` for themselves. @throws EventPatternError */
export function compileWildcard(pattern: string): (text: string) => boolean {
  const pieces: string[] = [""];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    if (character === "*") {
      if (pattern.charAt(at + 1) === "*") {
        throw new EventPatternError(`Consecutive wildcard characters at pos ${at}`);
      }
      pieces.push("");
    } else if (character === "\\") {
      const escaped = pattern.charAt(++at);
      if (escaped !== "*" && escaped !== "\\") throw new EventPatternError(`Invalid escape character at pos ${at - 1}`);
      append(pieces, escaped);
    } else {
      append(pieces, character);
    }
  }
  return (text) => matches(pieces, text);
}

function append(pieces: string[], character: string): void {
  pieces.push(`${pieces.pop() ?? ""}${character}`);
}

/** The pieces between the wildcards, in order: the first at the start, the last at the end. Never goes back. */
function matches(pieces: readonly string[], text: string): boolean {
  const [first = "", ...others] = pieces;
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const piece of others) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
