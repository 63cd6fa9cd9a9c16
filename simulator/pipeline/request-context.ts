import type { Call } from "../services/service.ts";

/** The global condition keys of a request. What AWS leaves out for a kind of caller is absent here too. */
export function requestContext(
  { caller, clock, region, state }: Call,
  resourceAccountId: string,
): Record<string, string> {
  const { principal, session } = caller;
  const now = clock.now();
  return {
    "aws:PrincipalArn": principal.roleArn ?? principal.arn,
    "aws:PrincipalAccount": principal.accountId,
    "aws:PrincipalType": { root: "Account", user: "User", "assumed-role": "AssumedRole", service: "Service" }[
      principal.kind
    ],
    "aws:userid": caller.userId,
    ...(caller.userName === undefined ? {} : { "aws:username": caller.userName }),
    "aws:PrincipalOrgID": state.organization.id,
    "aws:ResourceAccount": resourceAccountId,
    "aws:ResourceOrgID": state.organization.id,
    "aws:RequestedRegion": region,
    "aws:SourceIp": "127.0.0.1",
    // Loopback stands for TLS in the sandbox: policies that demand encryption must be rehearsable.
    "aws:SecureTransport": "true",
    "aws:CurrentTime": now.toISOString(),
    "aws:EpochTime": String(Math.floor(now.getTime() / 1000)),
    "aws:ViaAWSService": "false",
    // Present only on requests made with AssumeRoot's credentials (docs/aws-behaviour.md, section 1).
    ...(session?.assumedRoot ? { "aws:AssumedRoot": "true" } : {}),
    ...(session?.sourceIdentity === undefined ? {} : { "aws:SourceIdentity": session.sourceIdentity }),
    ...(session ? { "aws:TokenIssueTime": session.created.toISOString() } : {}),
  };
}
