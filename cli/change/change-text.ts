/** What the engine says that a change does. */
export interface ChangePreview {
  /** The change, for example its commit. */
  readonly what: string;
  /** What it was compared with, in a few words of Markdown. */
  readonly against: string;
  readonly succeeded: boolean;
  /** What `pulumi preview --diff` printed. */
  readonly engineOutput: string;
}

/** By which a workflow finds the comment that it has written before. */
export const commentMark = "<!-- aws-break-glass: preview of a change -->";

// GitHub takes 65,536 characters.
const longestDiff = 60_000;

/**
 * The preview as Markdown for a pull request's comment: the counts first, the differences below them. The engine hides
 * secret values itself; URNs, ids and providers are left out, because they say nothing about what changes.
 */
export function changeText({ what, against, succeeded, engineOutput }: ChangePreview): string {
  const lines = engineOutput.split("\n");
  const from = lines.findIndex((line) => line.startsWith("Resources:"));
  const counts = from === -1 ? [] : lines.slice(from + 1).filter((line) => line.trim() !== "");
  const changed = from === -1 ? lines : lines.slice(0, from);
  return [
    commentMark,
    `### ${headline(succeeded, counts)}`,
    "",
    `\`pulumi preview\` of ${what} against ${against}.`,
    "",
    ...(isEmpty(counts) ? [] : fenced(counts.map((line) => line.trim()))),
    ...(succeeded && isUnchanged(counts) ? [] : fenced(shortened(differences(changed)))),
    "",
  ].join("\n");
}

function headline(succeeded: boolean, counts: readonly string[]): string {
  if (!succeeded) return "This change cannot be previewed";
  return isUnchanged(counts)
    ? "This change changes nothing in the organization"
    : "What this change does to the organization";
}

function isUnchanged(counts: readonly string[]): boolean {
  return counts.every((line) => /^\s*\d+ unchanged$/.test(line));
}

function isEmpty(lines: readonly string[]): boolean {
  return lines.length === 0;
}

/** GitHub colours a line by its first character, so the sign moves there. */
function differences(lines: readonly string[]): readonly string[] {
  return lines
    .filter((line) => !/^\s*\[(urn|id|provider)=/.test(line))
    .filter((line) => !/^(Previewing update|@ previewing)/.test(line))
    .map((line) => line.replace(/^(\s+)([-+])/, "$2$1").replace(/^(\s+)~/, "!$1"));
}

function shortened(lines: readonly string[]): readonly string[] {
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
