/** What the engine says that a change does. */
export interface ChangePreview {
  /** The change, for example its commit. */
  readonly what: string;
  /** What it was compared with, in a few words of Markdown. */
  readonly against: string;
  /** `no base`: what it was to be compared with cannot be deployed itself. */
  readonly outcome: "previewed" | "refused" | "no base";
  /** What `pulumi preview --diff` printed; where there is no base, what `pulumi up` did. */
  readonly engineOutput: string;
}

/** By which a workflow finds the comment that it has written before. */
export const commentMark = "<!-- aws-break-glass: preview of a change -->";

// GitHub takes 65,536 characters.
const longestDiffs = 60_000;

/**
 * Previews of a change as Markdown for a pull request's comment: of each the counts first, the differences below them. The
 * engine hides secret values itself.
 */
export function changeText(previews: readonly ChangePreview[]): string {
  const longestDiff = Math.floor(longestDiffs / previews.length);
  return [commentMark, ...previews.flatMap((preview) => section(preview, longestDiff))].join("\n");
}

function section({ what, against, outcome, engineOutput }: ChangePreview, longestDiff: number): readonly string[] {
  const lines = engineOutput.split("\n");
  const from = outcome === "no base" ? -1 : lines.findIndex((line) => line.startsWith("Resources:"));
  const counts = from === -1 ? [] : lines.slice(from + 1).filter((line) => line.trim() !== "");
  const changed = from === -1 ? lines : lines.slice(0, from);
  const isUnchanged = outcome === "previewed" && counts.every((line) => /^\s*\d+ unchanged$/.test(line));
  return [
    `### ${isUnchanged ? "This change changes nothing in the organization" : headlines[outcome]}`,
    "",
    `\`pulumi preview\` of ${what} against ${against}.`,
    "",
    ...(isEmpty(counts) ? [] : fenced(counts.map((line) => line.trim()))),
    ...(isUnchanged ? [] : fenced(shortened(differences(changed), longestDiff))),
    "",
  ];
}

const headlines = {
  previewed: "What this change does to the organization",
  refused: "This change cannot be previewed",
  "no base": "This change cannot be previewed: its base cannot be deployed",
} as const;

function isEmpty(lines: readonly string[]): boolean {
  return lines.length === 0;
}

/** GitHub colours a line by its first character, so the sign moves there. */
function differences(lines: readonly string[]): readonly string[] {
  return named(lines)
    .filter((line) => !/^(Previewing update|@ previewing)/.test(line))
    .map((line) => line.replace(/^(\s+)([-+])/, "$2$1").replace(/^(\s+)~/, "!$1"));
}

/** Each resource with its logical name in place of its URN, id and provider, which stand in the lines below it. */
function named(lines: readonly string[]): readonly string[] {
  return lines
    .join("\n")
    .replace(/^(.*: \(\S+\))((?:\n\s*\[(?:urn|id|provider)=.*\])+)/gm, (_, header: string, below: string) =>
      [header, ...(/\[urn=.*::(.+)\]/.exec(below)?.slice(1) ?? [])].join(" "),
    )
    .split("\n");
}

function shortened(lines: readonly string[], longestDiff: number): readonly string[] {
  const text = lines.join("\n").trim();
  if (text.length <= longestDiff) return [text];
  return [text.slice(0, longestDiff), `… and ${text.length - longestDiff} more characters: see the job's log.`];
}

/** A fence that nothing inside can close. */
function fenced(lines: readonly string[]): readonly string[] {
  const longest = Math.max(2, ...[...lines.join("\n").matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return [`${fence}diff`, ...lines, fence];
}
