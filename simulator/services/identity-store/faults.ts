import { AwsFault } from "../../aws-fault.ts";

/** The identity store speaks JSON: whatever is wrong with a request, the status is 400. */

/** @param id absent when the entry was looked for by another attribute */
export function notFound(type: "GROUP" | "GROUP_MEMBERSHIP" | "IDENTITY_STORE" | "USER", id?: string): AwsFault {
  return new AwsFault("ResourceNotFoundException", `${type} not found.`, {
    members: { ResourceType: type, ...(id === undefined ? {} : { ResourceId: id }) },
  });
}
