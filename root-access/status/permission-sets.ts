import type { SSOAdminClient } from "@aws-sdk/client-sso-admin";
import {
  evaluate,
  MalformedPolicyError,
  parsePolicy,
  type PolicyDocument,
  type TaskName,
  taskNames,
  taskPolicyArn,
} from "#iam";
import { concurrently } from "../audit/concurrently.ts";
import { endedBy } from "../aws/aws-clients.ts";
import { callAws } from "../aws/aws-failure.ts";
import { everyPage } from "../aws/every-page.ts";
import { needing } from "../preflight/check.ts";
import type { IdentityCenter } from "./identity-center.ts";

/** A permission set whose inline policy lets its holders open root sessions. */
export interface BreakGlassPermissionSet {
  readonly arn: string;
  readonly name: string;
  /** Those that it allows in one account at least. */
  readonly tasks: readonly TaskName[];
}

/** Who holds a permission set in an account. */
export interface Assignment {
  readonly permissionSet: string;
  readonly account: string;
  readonly users: number;
  readonly groups: number;
}

/** The permission sets that allow sts:AssumeRoot; what only managed policies allow is not seen. */
export async function breakGlassPermissionSets(
  { client, instanceArn: InstanceArn }: IdentityCenter,
  signal: AbortSignal,
): Promise<readonly BreakGlassPermissionSet[]> {
  const { ListPermissionSetsCommand } = await import("@aws-sdk/client-sso-admin");
  const arns = everyPage(async (NextToken) => {
    const page = await needing("sso:ListPermissionSets", () =>
      callAws({ doing: "list the permission sets" }, () =>
        client.send(new ListPermissionSetsCommand({ InstanceArn, NextToken, MaxResults: 100 }), endedBy(signal)),
      ),
    );
    return { items: page.PermissionSets, next: page.NextToken };
  });
  const found: BreakGlassPermissionSet[] = [];
  for await (const set of concurrently(arns, setsAtOnce, (arn) => readSet(client, InstanceArn, arn, signal))) {
    if (set !== undefined) found.push(set);
  }
  return found.toSorted((one, other) => one.name.localeCompare(other.name));
}

const setsAtOnce = 8;

async function readSet(
  client: SSOAdminClient,
  InstanceArn: string,
  PermissionSetArn: string,
  signal: AbortSignal,
): Promise<BreakGlassPermissionSet | undefined> {
  const { DescribePermissionSetCommand, GetInlinePolicyForPermissionSetCommand } =
    await import("@aws-sdk/client-sso-admin");
  const input = { InstanceArn, PermissionSetArn };
  const { InlinePolicy = "" } = await needing("sso:GetInlinePolicyForPermissionSet", () =>
    callAws({ doing: `read the inline policy of ${PermissionSetArn}` }, () =>
      client.send(new GetInlinePolicyForPermissionSetCommand(input), endedBy(signal)),
    ),
  );
  const tasks = tasksAllowedBy(InlinePolicy);
  if (tasks.length === 0) return undefined;
  const { PermissionSet } = await needing("sso:DescribePermissionSet", () =>
    callAws({ doing: `describe ${PermissionSetArn}` }, () =>
      client.send(new DescribePermissionSetCommand(input), endedBy(signal)),
    ),
  );
  return { arn: PermissionSetArn, name: PermissionSet?.Name ?? PermissionSetArn, tasks };
}

/**
 * The tasks for which an identity-based policy lets root sessions be opened, in any account: in one that nothing names, or in
 * one that the policy names.
 *
 * @example tasksAllowedBy(JSON.stringify(breakGlassPolicy({ tasks: ["S3UnlockBucketPolicy"] })))
 */
export function tasksAllowedBy(policyText: string): readonly TaskName[] {
  const document = understood(policyText);
  if (document === undefined) return [];
  const named = policyText.match(/arn:aws:iam::\d{12}:root/g) ?? [];
  const targets = ["arn:aws:iam::000000000000:root", ...named];
  return taskNames.filter((task) => targets.some((target) => isAllowed(document, task, target)));
}

/** A policy with parts that the evaluator does not know belongs to somebody else's permission set. */
function understood(policyText: string): PolicyDocument | undefined {
  if (!/assumeroot|\*/i.test(policyText)) return undefined;
  try {
    return parsePolicy(policyText, "identity");
  } catch (error) {
    if (error instanceof MalformedPolicyError) return undefined;
    throw error;
  }
}

function isAllowed(document: PolicyDocument, task: TaskName, target: string): boolean {
  const accountId = "999999999999";
  const arn = `arn:aws:sts::${accountId}:assumed-role/holder/session`;
  return evaluate(
    {
      action: "sts:AssumeRoot",
      resource: target,
      principal: { kind: "assumed-role", accountId, arn },
      resourceAccountId: accountId,
      context: { "sts:TaskPolicyArn": taskPolicyArn(task), "aws:SecureTransport": "true" },
    },
    { identity: [{ name: "inline policy", document }] },
  ).allowed;
}

/** Who holds the permission sets in the accounts from which root sessions can be opened. */
export async function assignmentsOf(
  { client, instanceArn: InstanceArn }: IdentityCenter,
  sets: readonly BreakGlassPermissionSet[],
  accounts: readonly string[],
  signal: AbortSignal,
): Promise<readonly Assignment[]> {
  const { ListAccountAssignmentsCommand } = await import("@aws-sdk/client-sso-admin");
  const assignments: Assignment[] = [];
  for (const { arn: PermissionSetArn, name } of sets) {
    for (const AccountId of accounts) {
      const counts = { USER: 0, GROUP: 0 };
      const input = { InstanceArn, PermissionSetArn, AccountId };
      const holders = everyPage(async (NextToken) => {
        const page = await needing("sso:ListAccountAssignments", () =>
          callAws({ doing: `list who holds ${name} in ${AccountId}` }, () =>
            client.send(new ListAccountAssignmentsCommand({ ...input, NextToken }), endedBy(signal)),
          ),
        );
        return { items: page.AccountAssignments, next: page.NextToken };
      });
      for await (const { PrincipalType } of holders) if (PrincipalType !== undefined) counts[PrincipalType] += 1;
      if (counts.USER + counts.GROUP > 0) {
        assignments.push({ permissionSet: name, account: AccountId, users: counts.USER, groups: counts.GROUP });
      }
    }
  }
  return assignments;
}
