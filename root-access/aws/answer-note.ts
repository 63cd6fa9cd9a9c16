import type { Pluggable } from "@smithy/types";
import type { AwsRequestAnswered } from "./aws-access.ts";

/** Tells of every answer that comes from AWS to a client, whether the SDK then tries again or not. */
export function noteAnswers<Input extends object, Output extends object>(
  tell: (answer: AwsRequestAnswered) => void,
): Pluggable<Input, Output> {
  return {
    applyToStack: (stack) => {
      stack.add(
        (next, context) => async (args) => {
          const operation = (context["commandName"] ?? "").replace(/Command$/, "");
          try {
            const result = await next(args);
            const requestId = requestIdOf(result.output);
            if (requestId !== undefined) tell({ operation, requestId });
            return result;
          } catch (error) {
            const requestId = requestIdOf(error);
            if (requestId !== undefined && error instanceof Error) tell({ operation, requestId, error: error.name });
            throw error;
          }
        },
        { step: "deserialize", name: "noteAnswers", priority: "high" },
      );
    },
  };
}

/** The SDK marks outputs and errors alike with `$metadata`. */
function requestIdOf(answer: unknown): string | undefined {
  const metadata = memberOf(answer, "$metadata");
  const id = memberOf(metadata, "requestId") ?? memberOf(metadata, "extendedRequestId");
  return typeof id === "string" ? id : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
