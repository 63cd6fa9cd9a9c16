import { parsePolicy, type PolicyDocument } from "#iam";
import { withLatestAnswers } from "./latest-answers.ts";

/**
 * A policy that the sandbox organization holds: checked when it was put, and read again by every request that it bears
 * upon. The same text gives the same document, whose statements the evaluator then has ready.
 *
 * @throws MalformedPolicyError for a text that was never checked
 */
export const heldPolicy: (text: string) => PolicyDocument = withLatestAnswers(2000, (text) => parsePolicy(text));
