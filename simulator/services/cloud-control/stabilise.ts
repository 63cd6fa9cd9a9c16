import type { z } from "zod";
import { HandlerFailure, type Progress } from "./resource-type.ts";
import type { writeStatusSchema } from "./sso-calls.ts";

/**
 * What a write of Identity Center that a handler waits for means for the handler.
 *
 * @throws HandlerFailure GeneralServiceException when the write failed
 */
export function progressOf({ Status, RequestId, FailureReason }: z.infer<typeof writeStatusSchema>): Progress {
  switch (Status) {
    case "IN_PROGRESS":
      return "in progress";
    case "SUCCEEDED":
      return "done";
    case "FAILED": {
      const what = `Request ${RequestId} failed due to: ${FailureReason ?? "no reason given"}`;
      throw new HandlerFailure("GeneralServiceException", `Error occurred during operation '${what}'.`);
    }
  }
}
