/** A text with wildcards, as character codes with {@link anyRun} for `*` and {@link anyOne} for `?`. */
export type WildcardPattern = readonly number[];

const anyRun = -1;
const anyOne = -2;

/** Whether the whole of `text` matches. Walks with one point of return, so no pattern can make it explode. */
export function matchesWildcards(pattern: WildcardPattern, text: string): boolean {
  let inPattern = 0;
  let inText = 0;
  let afterRun: number | undefined;
  let runEnd = 0;
  while (inText < text.length) {
    const symbol = pattern[inPattern];
    if (symbol === anyRun) {
      afterRun = ++inPattern;
      runEnd = inText;
    } else if (symbol === anyOne || symbol === text.charCodeAt(inText)) {
      inPattern++;
      inText++;
    } else if (afterRun !== undefined) {
      inPattern = afterRun;
      inText = ++runEnd;
    } else {
      return false;
    }
  }
  while (pattern[inPattern] === anyRun) inPattern++;
  return inPattern === pattern.length;
}

/** The pattern of a text in which `*` and `?` are wildcards. */
export function wildcardPattern(text: string): WildcardPattern {
  return Array.from({ length: text.length }, (_, index) => {
    const code = text.charCodeAt(index);
    return code === asterisk ? anyRun : code === questionMark ? anyOne : code;
  });
}

/** The pattern that matches `text` and nothing else. */
export function literalPattern(text: string): WildcardPattern {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}

/** The pattern's text, with its wildcards as `*` and `?`. */
export function patternText(pattern: WildcardPattern): string {
  return pattern
    .map((symbol) => (symbol === anyRun ? "*" : symbol === anyOne ? "?" : String.fromCharCode(symbol)))
    .join("");
}

const asterisk = 0x2a;
const questionMark = 0x3f;
