import { withLatestAnswers } from "../latest-answers.ts";

/** What CloudTrail never shows of a request or its answer. */
const leftOut = new Set(["SecretAccessKey", "Password", "Body", "MessageBody"]);

/** What it shows as being there and no more. */
const masked = new Set(["DesiredState", "PatchDocument", "ResourceModel", "Properties", "AlternateIdentifier"]);

const mask = "HIDDEN_DUE_TO_SECURITY_REASONS";

/**
 * A request's or an answer's members as CloudTrail spells them: first letter (or leading acronym) in lower case, times
 * in words, secrets left out. Session tokens are shown: they are worth nothing without the secret access key.
 *
 * @returns `null` when there is nothing to show, as CloudTrail has it
 */
export function trailMembers(value: object): Record<string, unknown> | null {
  const members = Object.entries(value).filter(([name, member]) => !leftOut.has(name) && member !== undefined);
  if (members.length === 0) return null;
  return Object.fromEntries(
    members.map(([name, member]) => [camelCase(name), masked.has(name) ? mask : convert(member)]),
  );
}

const timeFormat = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" });

function convert(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(convert);
  // "Nov 24, 2026, 3:40:00 AM": Node writes a narrow no-break space there, CloudTrail an ordinary one.
  if (value instanceof Date) return timeFormat.format(value).replaceAll("\u202F", " ");
  if (value instanceof Uint8Array) return undefined;
  return typeof value === "object" && value !== null ? trailMembers(value) : value;
}

/** The names are those of a few models' members: the same ones time and again. */
const camelCase = withLatestAnswers(2000, (name) =>
  name.replace(/^[A-Z]+(?=[A-Z][a-z]|$)|^[A-Z]/, (start) => start.toLowerCase()),
);
