import type { Constraints } from "../constraints.ts";
import { checkConstraints } from "../json-refusals.ts";

const modelText = { shortest: 1, longest: 262_144 };

const constraints: Constraints = {
  TypeName: {
    shortest: 10,
    longest: 196,
    pattern: /[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}/,
  },
  ClientToken: { shortest: 1, longest: 128, pattern: /[-A-Za-z0-9+/=]+/ },
  RequestToken: { shortest: 1, longest: 128, pattern: /[-A-Za-z0-9+/=]+/ },
  DesiredState: modelText,
  PatchDocument: modelText,
  ResourceModel: modelText,
  Identifier: { shortest: 1, longest: 1024 },
  MaxResults: { least: 1, most: 100 },
};

/** @throws AwsFault ValidationException that names the members and what AWS expects of them */
export function checkMembers(input: object): void {
  checkConstraints(input, constraints);
}

/** @throws AwsFault ValidationException for operations and statuses that do not exist */
export function checkRequestFilter(filter: object): void {
  checkConstraints(filter, filterConstraints, "resourceRequestStatusFilter.");
}

const filterConstraints: Constraints = {
  Operations: { oneOf: ["CREATE", "DELETE", "UPDATE"] },
  OperationStatuses: {
    oneOf: ["PENDING", "IN_PROGRESS", "SUCCESS", "FAILED", "CANCEL_IN_PROGRESS", "CANCEL_COMPLETE"],
  },
};
