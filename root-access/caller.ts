import type { AwsAccess } from "./aws-access.ts";
import { endedBy, stsClient } from "./aws-clients.ts";
import { callAws } from "./aws-failure.ts";

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
  const sts = await stsClient(access);
  const answer = await callAws({ doing: `learn who ${access.label} is` }, () =>
    sts.send(new GetCallerIdentityCommand({}), endedBy(signal)),
  );
  return { accountId: answer.Account ?? "", arn: answer.Arn ?? "" };
}
