/** A command block of the runbook, and the situations that it stands between. */
export interface RunbookBlock {
  /** The headings above it: `1. A bucket policy denies everyone: With break-glass`. */
  readonly title: string;
  readonly before: string;
  /** Absent for what only looks. */
  readonly after?: string;
  readonly script: string;
}

/** Blocks are marked `<!-- tested: SITUATION, then SITUATION -->`, which a reader of the page does not see. */
export function runbookBlocks(text: string): readonly RunbookBlock[] {
  return text.split(/^## /m).flatMap((chapter) => {
    const heading = chapter.split("\n")[0] ?? "";
    return chapter.split(/^### /m).flatMap((part) => {
      const title = `${heading}: ${part.split("\n")[0] ?? ""}`;
      return [...part.matchAll(marked)].map(({ groups }) => blockOf(title, groups ?? {}));
    });
  });
}

function blockOf(title: string, groups: Readonly<Record<string, string | undefined>>): RunbookBlock {
  const { before = "", after, script = "" } = groups;
  return { title, before, ...(after === undefined ? {} : { after }), script };
}

const marked = /^<!-- tested: (?<before>[\w-]+)(?:, then (?<after>[\w-]+))? -->\n\n```sh\n(?<script>.*?)^```$/gms;

/** What every block expects in the shell: the variables, and the functions of which it makes use. */
export function runbookSettings(text: string): string {
  return [...text.matchAll(/^<!-- tested: first of every script -->\n\n```sh\n(.*?)^```$/gms)]
    .map(([, script = ""]) => script)
    .join("\n");
}
