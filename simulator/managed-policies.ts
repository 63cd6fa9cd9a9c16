import { type NamedPolicy, parsePolicy } from "#iam";
import { notImplemented } from "./aws-fault.ts";

/** The AWS managed policies that the sandbox organization has. */
const documents: Readonly<Record<string, unknown>> = {
  "arn:aws:iam::aws:policy/AdministratorAccess": {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
  },
};

const parsed = new Map(
  Object.entries(documents).map(([arn, document]) => [arn, { name: arn, document: parsePolicy(document) }]),
);

/** @throws AwsFault 501 for a managed policy that the sandbox organization does not have */
export function managedPolicy(arn: string): NamedPolicy {
  const policy = parsed.get(arn);
  if (!policy) throw notImplemented(`The managed policy ${arn}`);
  return policy;
}
