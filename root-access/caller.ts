import type { AwsAccess } from "./aws/aws-access.ts";
import { endedBy, stsClient } from "./aws/aws-clients.ts";
import { callAws } from "./aws/aws-failure.ts";
import { patientWith } from "./aws/patience.ts";
import { RootAccessError } from "./root-access-error.ts";

/** Who AWS says one is. */
export interface CallerIdentity {
  readonly accountId: string;
  readonly arn: string;
}

/**
 * `sts:GetCallerIdentity`: works under any policy, root sessions included (docs/aws-behaviour.md, section 2), so it fails
 * only where the credentials do not work.
 *
 * @throws RootAccessError `not-authenticated`, `aws-failed`, `cancelled`
 */
export async function identifyCaller(access: AwsAccess, signal?: AbortSignal): Promise<CallerIdentity> {
  const { GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
  const sts = await stsClient(access, patientWith(signal));
  const answer = await callAws({ doing: `ask AWS for the identity of ${access.label}` }, () =>
    sts.send(new GetCallerIdentityCommand({}), endedBy(signal)),
  );
  return { accountId: answer.Account ?? "", arn: answer.Arn ?? "" };
}

/** A root user may not call AssumeRoot at all (docs/aws-behaviour.md, section 1): said here, it is said plainly. */
export async function identifyPossibleCaller(access: AwsAccess, signal?: AbortSignal): Promise<CallerIdentity> {
  const caller = await identifyCaller(access, signal);
  if (!caller.arn.endsWith(":root")) return caller;
  throw new RootAccessError({
    reason: "refused",
    what: `${access.label} is the root user of account ${caller.accountId}, and AWS lets no root user open a root session.`,
    next: "Use an IAM user or a role, best the permission set BreakGlassAssumeRoot.",
  });
}
