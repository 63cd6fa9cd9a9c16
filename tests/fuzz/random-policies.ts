import fc from "fast-check";
import { MalformedPolicyError, parsePolicy } from "#iam";
import { checkAnswer } from "./answer.ts";
import { type Conversation, conversation, type Question, type Said } from "./conversation.ts";
import type { Fuzzer } from "./fuzzer.ts";
import { openPlaces, type Place } from "./policy-places.ts";
import { policyShapes, type PlaceName } from "./policy-shapes.ts";
import { policyTexts } from "./policy-texts.ts";
import { tally } from "./tally.ts";
import { startTarget, type Target } from "./target.ts";

/**
 * Random policies wherever AWS takes some: each is refused as malformed, or from then on decides about requests. Puts a
 * policy, then sends a request about which it has something to say.
 */
export const randomPolicies: Fuzzer = {
  kind: "policies",
  description: "random policies as bucket, queue, key, topic, trust, inline, session and organization policies",
  runsPerRound: 2000,
  start: async () => {
    const target = await startTarget();
    const speak = conversation(target.sandbox);
    const places = await openPlaces(target.sandbox, speak);
    const { count, counts } = tally();
    const property = fc.asyncProperty(puts, async ({ name, text }) => {
      try {
        count(await outcome(target, speak, places[name], text));
      } catch (defect) {
        throw new Error(`as ${name}: ${text}`, { cause: defect });
      }
    });
    const stop = async (): Promise<void> => {
      speak.close();
      await target.sandbox.close();
    };
    return { property, counts, stop };
  },
};

const puts: fc.Arbitrary<{ readonly name: PlaceName; readonly text: string }> = fc.oneof(
  ...policyShapes.map(([name, shape]) => fc.record({ name: fc.constant(name), text: policyTexts(shape) })),
);

async function outcome(target: Target, speak: Conversation, { put, ask }: Place, text: string): Promise<string> {
  const said = await sent(target, speak, put(text));
  if (said.error) return refusal(said.error);
  if (text !== "" && !isPolicy(text)) throw new Error("was taken, although the evaluator cannot read it");
  const { answer, error } = await sent(target, speak, ask(said.output ?? {}));
  if (!error) return "taken, then allowed";
  const { status } = answer ?? {};
  if (status === 403 || /AccessDenied|NotAuthorized/.test(error.name)) return "taken, then denied";
  throw new Error(`the policy made the request fail with ${String(status)} ${String(error)}`);
}

async function sent({ takeDefects }: Target, speak: Conversation, question: Question): Promise<Said> {
  const said = await speak.send(question);
  if (!said.answer) throw new Error("The client refused it.", { cause: said.error });
  checkAnswer(said.answer, takeDefects());
  return said;
}

/** Codes with which services say that it is no policy, or none that they take. */
const expected =
  /^(MalformedPolicy(Document)?(Exception)?|Validation(Error|Exception)|InvalidAttributeValue|InvalidInputException|InvalidParameter\w*|ConstraintViolationException|MissingRequestBodyError|AccessDenied(Exception)?|LimitExceeded\w*|NotImplemented)$/;

function refusal({ name, message }: Error): string {
  if (!expected.test(name)) throw new Error(`refused for a strange reason: ${name}: ${message}`);
  return name.startsWith("AccessDenied")
    ? "refused: not allowed"
    : name === "NotImplemented"
      ? "refused: not modelled"
      : "refused: malformed";
}

function isPolicy(text: string): boolean {
  try {
    parsePolicy(text);
    return true;
  } catch (error) {
    if (error instanceof MalformedPolicyError) return false;
    throw error;
  }
}
