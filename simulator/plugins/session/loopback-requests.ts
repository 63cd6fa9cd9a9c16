import { HttpRequest } from "@smithy/core/protocols";
import type { DeserializeHandler, MiddlewareStack, Pluggable } from "@smithy/types";
import { isLoopbackHost, NotLoopback } from "./loopback.ts";

/**
 * The last thing before a request leaves: one that is not for this machine is not sent. `requireLoopback` has looked at
 * the configuration already; this looks at each request, whatever the SDK made of the configuration.
 */
export function guardRequests<Input extends object, Output extends object>(
  stack: MiddlewareStack<Input, Output>,
): void {
  stack.add(
    (next): DeserializeHandler<Input, Output> =>
      (call) => {
        const host = HttpRequest.isInstance(call.request) ? call.request.hostname : "unknown";
        if (!isLoopbackHost(host)) throw new NotLoopback(`a request was about to go to ${host}`);
        return next(call);
      },
    { step: "deserialize", name: "guardRequests", priority: "low" },
  );
}

/** The same for clients that the SDK makes on its own to fetch credentials. */
export const loopbackRequests: Pluggable<object, object> = { applyToStack: guardRequests };
