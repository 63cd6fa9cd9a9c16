import { stripVTControlCharacters } from "node:util";
import { parseAccessDenied } from "#iam";
import { consoleRound, consoleSentences } from "./console-rounds.ts";
import type { Denial } from "./denial.ts";
import { namesNoPolicy, s3ConsoleSentence, sqsSentence } from "./policy-not-named.ts";

/**
 * The refusals in a text of any kind: each begins where the AWS CLI, a denial or a console's sentence begins.
 *
 * @returns an empty list where no sentence of AWS's is in it
 */
export function refusalsInProse(text: string): readonly Denial[] {
  return plainText(text)
    .split(/(?=An error occurred \()/)
    .flatMap(inPassage);
}

/** A refusal with what its message says. */
export function denialOf(message: string, rest: Pick<Denial, "code" | "operation" | "event">): Denial {
  const plain = plainText(message);
  const said = parseAccessDenied(plain);
  return { message: plain, ...rest, ...(said === undefined ? {} : { said }) };
}

/** On one line, without the frames that Terraform draws, colours, and the references of XML. */
function plainText(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll(/^[ \t]*[│┃║╷╵|]+/gm, "")
    .replaceAll(/&(?:quot|#34|apos|#39|lt|gt|amp);/g, (reference) => references.get(reference) ?? reference)
    .replaceAll(/\s+/g, " ")
    .trim();
}

const references: ReadonlyMap<string, string> = new Map([
  ["&quot;", '"'],
  ["&#34;", '"'],
  ["&apos;", "'"],
  ["&#39;", "'"],
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&amp;", "&"],
]);

const cliError = /^An error occurred \((?<code>[\w.]+)\) when calling the (?<operation>\w+) operation(?: \([^)]*\))?: /;

function inPassage(passage: string): readonly Denial[] {
  const { code, operation } = cliError.exec(passage)?.groups ?? {};
  if (code === undefined || operation === undefined) return sentencesIn(passage).filter(isRefusal).map(plainDenial);
  const [message = "", ...others] = withoutLead(sentencesIn(passage.replace(cliError, "")));
  return [denialOf(message, { code, operation }), ...others.filter(isRefusal).map(plainDenial)];
}

function plainDenial(sentence: string): Denial {
  return denialOf(sentence, {});
}

/** Cut before each sentence of AWS's; what stands before the first one is a piece of its own. */
function sentencesIn(line: string): readonly string[] {
  return beginnings.reduce<string>((cut, beginning) => cut.replaceAll(beginning, "\n$&"), line).split("\n");
}

const beginnings: readonly (string | RegExp)[] = [
  "User: arn:",
  ...consoleSentences,
  new RegExp(sqsSentence, "g"),
  new RegExp(s3ConsoleSentence, "g"),
];

/** `Explicit deny: User: …` is one message; `Access Denied`, with a line of somebody else's behind it, is one for itself. */
function withoutLead(sentences: readonly string[]): readonly string[] {
  const [lead = "", next, ...others] = sentences;
  return next === undefined || /denied|forbidden|not authorized/i.test(lead)
    ? sentences
    : [`${lead}${next}`, ...others];
}

function isRefusal(sentence: string): boolean {
  return parseAccessDenied(sentence) !== undefined || consoleRound(sentence) !== undefined || namesNoPolicy(sentence);
}
