import { RunError } from "@pulumi/pulumi";

/**
 * The provider's answer to a question, or what it means when there is none.
 *
 * @param none what the provider says where that is no failure: the answer is `undefined` then
 * @throws RunError with AWS's words when the question cannot be answered; the engine prints it without a stack
 */
export async function asking<T>(question: string, answer: Promise<T>): Promise<T>;
export async function asking<T>(question: string, answer: Promise<T>, none: RegExp): Promise<T | undefined>;
export async function asking<T>(question: string, answer: Promise<T>, none?: RegExp): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (none?.test(message)) return undefined;
    throw new RunError(`Nothing was changed: asking AWS ${question} failed. ${message}`);
  }
}
