import { parseArn } from "../arn.ts";
import type { TraceLine } from "../authorization.ts";
import { parsePolicy } from "../parse-policy.ts";
import { type Administrator, knownAdministrator, someAdministrator } from "./administrator.ts";
import { type Denials, denialsOf, type PolicyInQuestion, readingLines } from "./denials.ts";
import type {
  LockingStatement,
  LockOut,
  LockOutQuestion,
  PolicyStatement,
  Remedy,
  StayingStatement,
} from "./lock-out.ts";
import { statementSpans, withoutStatements } from "./statement-spans.ts";
import { waysAround } from "./ways-around.ts";

/**
 * Finds the Deny statements without which the administrators of the owner's account get back in: can read the policy of
 * a bucket or queue and write it. As few as possible are found; one that somebody gets around who is known to exist, or
 * that an administrator can comply with (`assumptions.ts` says how requests are taken to be), is left where it is.
 *
 * Denying `s3:DeleteBucketPolicy` alone does not lock: whoever can write the policy can take the statement out of it.
 * Policies of the organization, of VPC endpoints and of the administrators themselves are not looked at.
 *
 * @throws MalformedPolicyError when the text is no policy, or has parts that the evaluator does not know
 * @throws RangeError when `resource` is neither a bucket nor a queue
 * @example
 * const { locks, remedy } = findLockOut({ policyText, resource: "arn:aws:s3:::orders", ownerAccountId, at: new Date() });
 * for (const { name, unless } of locks) console.error(`${name} locks`, unless.length > 0 ? `unless ${unless.join(" or ")}` : "");
 * if (remedy.kind === "put") await putBucketPolicy(remedy.policyText);
 */
export function findLockOut(question: LockOutQuestion): LockOut {
  const { policyText, resource, ownerAccountId } = question;
  const policy = { document: parsePolicy(policyText, "resource"), resource, ownerAccountId };
  const { administrator, denials } = leastDenied(policy, administratorsOf(question));
  const statements = readingLines(policy, administrator).map((line, index) => ({
    index,
    line,
    about: { name: line.statement, text: textOf(policyText, index) },
  }));
  return {
    locks: statements.flatMap(({ index, about }) => locking(policy, { administrator, denials }, index, about)),
    stays: statements
      .filter(({ index }) => !denials.has(index))
      .map(({ line, about }): StayingStatement => ({ ...about, because: line.effect === "Deny" ? misses(line) : [] })),
    remedy: remedyFor(policyText, new Set(denials.keys())),
    administrator,
  };
}

function administratorsOf(question: LockOutQuestion): readonly [Administrator, ...Administrator[]] {
  const facts = { ...question, circumstances: question.circumstances ?? {} };
  const partition = parseArn(question.resource)?.partition ?? "aws";
  const known = (question.administrators ?? []).map((arn) => knownAdministrator(arn, facts));
  return [someAdministrator(facts, partition), ...known];
}

interface KeptOut {
  readonly administrator: Administrator;
  readonly denials: Denials;
}

/** Whoever is kept out by the fewest statements needs the fewest removed: then each of those is needed. */
function leastDenied(
  policy: PolicyInQuestion,
  [first, ...others]: readonly [Administrator, ...Administrator[]],
): KeptOut {
  const keptOut = (administrator: Administrator): KeptOut => ({
    administrator,
    denials: denialsOf(policy, administrator),
  });
  return others
    .map(keptOut)
    .reduce((best, next) => (next.denials.size < best.denials.size ? next : best), keptOut(first));
}

function textOf(policyText: string, index: number): string {
  const span = statementSpans(policyText)[index];
  return policyText.slice(span?.start, span?.end);
}

function locking(
  policy: PolicyInQuestion,
  { administrator, denials }: KeptOut,
  index: number,
  about: PolicyStatement,
): readonly LockingStatement[] {
  const [first, ...others] = denials.get(index) ?? [];
  if (!first) return [];
  const stillDenies = (context: Administrator["context"]): boolean =>
    denialsOf(policy, { ...administrator, context }).has(index);
  return [
    {
      ...about,
      denies: [first, ...others].map(({ action }) => action),
      because: first.line.elements.map(({ element, because }) => `${element}: ${because}`),
      unless: waysAround(policy.document.statements[index], administrator, stillDenies),
    },
  ];
}

function misses({ elements }: TraceLine): readonly string[] {
  return elements.filter(({ matched }) => !matched).map(({ element, because }) => `${element}: ${because}`);
}

function remedyFor(policyText: string, removed: ReadonlySet<number>): Remedy {
  if (removed.size === 0) return { kind: "leave" };
  const rest = withoutStatements(policyText, removed);
  return rest === undefined ? { kind: "delete" } : { kind: "put", policyText: rest };
}
