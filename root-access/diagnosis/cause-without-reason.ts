import { parseArn, parseTaskPolicyArn } from "#iam";
import { isPublicAccessBlocked, publicAccessBlocked } from "./block-public-access.ts";
import type { Denial } from "./denial.ts";
import type { Cause, Change, Diagnosis } from "./diagnosis.ts";
import { pasteablePolicy } from "./pasteable-policy.ts";
import { namesNoPolicy, policyNotNamed } from "./policy-not-named.ts";

type Explanation = Pick<Diagnosis, "cause" | "because" | "changes"> & Partial<Pick<Diagnosis, "notChecked">>;

/** Refusals in which AWS names no policy: known by their code and message (docs/aws-behaviour.md, section 1). */
export function causeWithoutReason(denial: Denial): Diagnosis {
  const explanation = known.find(({ fits }) => fits(denial))?.explain(denial) ?? unknown(denial);
  return { notChecked: [], ...explanation, denials: [denial] };
}

const known: readonly {
  readonly fits: (denial: Denial) => boolean;
  readonly explain: (denial: Denial) => Explanation;
}[] = [
  { fits: ({ message }) => message.includes("Unknown Operation"), explain: globalEndpoint },
  { fits: ({ message }) => message.includes("Service not enabled for AWS Organizations"), explain: trustedAccessOff },
  { fits: ({ message }) => message.includes("Root sessions feature is not enabled"), explain: sessionsOff },
  {
    fits: ({ message }) => message.includes("Root credentials management feature is not enabled"),
    explain: credentialsOff,
  },
  {
    fits: ({ code = "", message }) => /^ExpiredToken/.test(code) || /token .*expired/i.test(message),
    explain: expired,
  },
  { fits: ({ said }) => said?.action === "sts:AssumeRoot", explain: assumeRoot },
  { fits: isPublicAccessBlocked, explain: publicAccessBlocked },
  { fits: ({ message }) => namesNoPolicy(message), explain: policyNotNamed },
];

function globalEndpoint(): Explanation {
  return {
    cause: "global-endpoint",
    because: "The request went to the global STS endpoint, sts.amazonaws.com, which does not know AssumeRoot.",
    changes: [
      {
        what: "Use a Region's endpoint, by the environment of the command:",
        command: "export AWS_STS_REGIONAL_ENDPOINTS=regional",
      },
      { what: "Or name it with the command: --endpoint-url https://sts.REGION.amazonaws.com --region REGION" },
    ],
  };
}

function trustedAccessOff(): Explanation {
  return {
    cause: "trusted-access-off",
    because: "The organization does not trust iam.amazonaws.com: without trusted access no root session can be opened.",
    changes: [
      {
        what: "In the management account (pulumi up of the organization stack does it):",
        command: "aws organizations enable-aws-service-access --service-principal iam.amazonaws.com",
      },
    ],
  };
}

function sessionsOff(): Explanation {
  return featureOff("Root sessions, for the tasks S3UnlockBucketPolicy and SQSUnlockQueuePolicy, are", "root-sessions");
}

function credentialsOff(): Explanation {
  return featureOff("Root credentials management, for the three IAM tasks, is", "root-credentials-management");
}

function featureOff(what: string, command: string): Explanation {
  return {
    cause: "feature-off",
    because: `${what} not enabled in the organization.`,
    changes: [
      {
        what: "In the management account (pulumi up of the organization stack does it):",
        command: `aws iam enable-organizations-${command}`,
      },
    ],
  };
}

function expired(): Explanation {
  return {
    cause: "session-expired",
    because: "The session's credentials have expired: a root session lasts 900 seconds at most.",
    changes: [{ what: "Open a new session; what was done in the old one stays done." }],
  };
}

/** AWS gives one answer for four reasons, and never says which. */
function assumeRoot({ said, event }: Denial): Explanation {
  const principal = said?.principalArn ?? "";
  const target = parseArn(said?.resource ?? "")?.accountId ?? "";
  const callerAccount = parseArn(principal)?.accountId ?? "";
  if (/:root$/.test(principal)) return rootUserCaller(principal);
  return {
    cause: "not-allowed-to-assume-root",
    because:
      `AWS answers the same, without a reason, whenever ${principal} may not open a root session in ${target}: ` +
      "the policies do not allow it, the caller's account is neither the management account nor the delegated administrator " +
      "of iam.amazonaws.com, or the target is the management account or no member.",
    changes: [
      {
        what: `If the policies lack it, allow it for this account${event?.taskPolicyArn === undefined ? "" : " and this task"}:`,
        json: pasteablePolicy(assumeRootStatement(target, event?.taskPolicyArn)),
      },
      delegation(callerAccount),
      {
        what: `Root sessions are for member accounts: see that ${target} is one, and not the management account:`,
        command: "aws organizations describe-organization --query Organization.MasterAccountId",
      },
    ],
    notChecked: [
      "which of these it is: organizations:DescribeOrganization, organizations:ListDelegatedAdministrators and the caller's policies",
    ],
  };
}

function delegation(callerAccount: string): Change {
  return {
    what: `If ${callerAccount} is not the management account, it has to be the delegated administrator; registered in the management account by:`,
    command: `aws organizations register-delegated-administrator --service-principal iam.amazonaws.com --account-id ${callerAccount}`,
  };
}

function rootUserCaller(principal: string): Explanation {
  return {
    cause: "root-user-caller",
    because: `${principal} is a root user or a root session: neither may call AssumeRoot, whatever policies say.`,
    changes: [{ what: "Call it as an IAM user or role that has sts:AssumeRoot." }],
  };
}

function assumeRootStatement(target: string, taskPolicyArn: string | undefined): object {
  const task = taskPolicyArn === undefined ? undefined : parseTaskPolicyArn(taskPolicyArn);
  return {
    Effect: "Allow",
    Action: "sts:AssumeRoot",
    Resource: `arn:aws:iam::${target}:root`,
    ...(task === undefined ? {} : { Condition: { StringEquals: { "sts:TaskPolicyArn": taskPolicyArn } } }),
  };
}

/** What AWS's refusals have in common, in code or message; `(403) … Forbidden` is S3's answer to a HEAD request. */
const refusal = /denied|not ?authori[sz]ed|unauthori[sz]ed|forbidden|authfailure|permission|delegated ?admin/i;

function unknown({ code, operation, message }: Denial): Explanation {
  const cause: Cause = "unknown";
  if (!refusal.test(`${code ?? ""} ${message}`)) return { cause, ...noRefusal(code, message) };
  return {
    cause,
    because: `AWS gives no reason${code === undefined ? "" : ` beyond ${code}`}${message === "" ? ` for ${operation ?? "this"}.` : `: "${message}"`}`,
    changes: [
      {
        what:
          "Look for the event in CloudTrail of the caller's account and of the resource's account, and diagnose that; a plain " +
          '"Access Denied" comes from a service that does not tell its reasons.',
      },
    ],
  };
}

function noRefusal(code: string | undefined, message: string): Omit<Explanation, "cause"> {
  return code === undefined
    ? {
        because: `Nothing is refused in "${message}".`,
        changes: [
          { what: 'Give the whole error as it was printed: "An error occurred (AccessDenied) when calling …".' },
        ],
      }
    : {
        because: `${code} is not an access denied: "${message}"`,
        changes: [{ what: "Correct the request as AWS says; no permission would change the answer." }],
      };
}
