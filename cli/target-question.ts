import { parseBucketTarget, parseQueueTarget, type Target, type Whereabouts, whatIsMissing } from "#root-access";
import { parseAccountId } from "#iam";
import { CommandError, exitCode, nothingChanged } from "./exit-code.ts";
import { typed, type TypedQuestion } from "./question.ts";
import type { Terminal } from "./terminal.ts";

/**
 * The bucket or queue that was named. What its name does not say and no option either is asked for where somebody can be
 * asked.
 *
 * @throws RootAccessError `usage` in one sentence that names the option, where nobody can
 */
export async function resolveTarget(
  terminal: Terminal,
  kind: "s3" | "sqs",
  text: string,
  given: Whereabouts,
): Promise<Target> {
  const parse = kind === "s3" ? parseBucketTarget : parseQueueTarget;
  if (!terminal.interactive) return parse(text, given);
  const missing = whatIsMissing(kind === "s3" ? "bucket" : "queue", text, given);
  const accountId = missing.includes("account") ? await answer(questions.account) : given.accountId;
  const region = missing.includes("Region") ? await answer(questions.region) : given.region;
  return parse(text, { accountId, region });
}

const questions = {
  account: {
    message: "Which member account owns it?",
    placeholder: "111122223333",
    validate: (answer) => (parseAccountId(answer ?? "") === undefined ? "An account id has twelve digits." : undefined),
  },
  region: {
    message: "In which Region is it?",
    placeholder: "ap-northeast-2",
    validate: (answer) =>
      /^[a-z]{2}(-[a-z]+)+-\d$/.test(answer ?? "") ? undefined : "A Region is named like ap-northeast-2.",
  },
} satisfies Readonly<Record<string, TypedQuestion>>;

async function answer(question: TypedQuestion): Promise<string> {
  const given = await typed(question);
  if (given !== undefined) return given;
  throw new CommandError(exitCode.cancelled, { what: "cancelled.", effect: nothingChanged });
}
