import { type NamedPolicy, parsePolicy } from "#iam";
import { AwsFault, notImplemented } from "./aws-fault.ts";

/** The AWS managed policies that the sandbox organization has, as AWS publishes them. */
const documents: Readonly<Record<string, unknown>> = {
  AdministratorAccess: allow("*"),
  AmazonS3FullAccess: allow(["s3:*", "s3-object-lambda:*"]),
  AmazonSQSFullAccess: allow(["sqs:*"]),
  IAMFullAccess: allow([
    "iam:*",
    "organizations:DescribeAccount",
    "organizations:DescribeOrganization",
    "organizations:DescribeOrganizationalUnit",
    "organizations:DescribePolicy",
    "organizations:ListChildren",
    "organizations:ListParents",
    "organizations:ListPoliciesForTarget",
    "organizations:ListRoots",
    "organizations:ListPolicies",
    "organizations:ListTargetsForPolicy",
  ]),
};

const prefix = "arn:aws:iam::aws:policy/";

const parsed = new Map(
  Object.entries(documents).map(([name, document]) => [
    `${prefix}${name}`,
    { name: `${prefix}${name}`, document: parsePolicy(document, "identity") },
  ]),
);

/**
 * Finds a managed policy by its ARN.
 *
 * @throws AwsFault NoSuchEntity for what is no managed policy, and for the task policies of root sessions, which attach to
 *   nobody; 501 for an AWS managed policy that the sandbox organization does not have
 */
export function managedPolicy(arn: string): NamedPolicy {
  const policy = parsed.get(arn);
  if (policy) return policy;
  if (arn.startsWith(prefix) && !arn.startsWith(`${prefix}root-task/`))
    throw notImplemented(`The managed policy ${arn}`);
  throw new AwsFault("NoSuchEntity", `Policy ${arn} does not exist or is not attachable.`, { status: 404 });
}

function allow(actions: string | readonly string[]): unknown {
  return { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] };
}
