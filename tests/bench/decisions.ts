import {
  type AuthorizationRequest,
  evaluate,
  rootUserArn,
  type TaskName,
  taskNames,
  taskPolicyArn,
  taskPolicyDocument,
} from "#iam";
import { sandboxAccounts } from "#simulator";
import { spreadOf } from "./spread.ts";
import { spreadText, table } from "./table.ts";

const rounds = 5;
const roundMilliseconds = 400;
/** Between two looks at the clock. */
const batch = 500;

const account = sandboxAccounts.orders;
const rootArn = rootUserArn(account);

/** For each task what its session is there for, and what it must not do. */
const asked: Readonly<Record<TaskName, { readonly may: Ask; readonly mayNot: Ask }>> = {
  IAMAuditRootUserCredentials: {
    may: ["iam:ListAccessKeys", rootArn],
    mayNot: ["iam:DeleteAccessKey", rootArn],
  },
  IAMCreateRootUserPassword: {
    may: ["iam:CreateLoginProfile", rootArn],
    mayNot: ["iam:CreateAccessKey", rootArn],
  },
  IAMDeleteRootUserCredentials: {
    may: ["iam:DeleteAccessKey", rootArn],
    mayNot: ["iam:CreateLoginProfile", rootArn],
  },
  S3UnlockBucketPolicy: {
    may: ["s3:DeleteBucketPolicy", "arn:aws:s3:::orders-archive"],
    mayNot: ["s3:GetObject", "arn:aws:s3:::orders-archive/1"],
  },
  SQSUnlockQueuePolicy: {
    may: ["sqs:SetQueueAttributes", `arn:aws:sqs:ap-northeast-2:${account}:orders`],
    mayNot: ["sqs:SendMessage", `arn:aws:sqs:ap-northeast-2:${account}:orders`],
  },
};

type Ask = readonly [action: string, resource: string];

/** Decisions a second of the evaluator on this process's core, for a root session under each task policy. */
export function decisionRates(print: (text: string) => void): void {
  for (const task of taskNames) for (const ask of ["may", "mayNot"] as const) measure(task, ask);
  const rates = taskNames.map((task) => ({ task, may: [] as number[], mayNot: [] as number[] }));
  for (let round = 0; round < rounds; round++) {
    for (const { task, may, mayNot } of rates) {
      may.push(measure(task, "may"));
      mayNot.push(measure(task, "mayNot"));
    }
  }
  const rows = rates.map(({ task, may, mayNot }) => [task, spreadText(spreadOf(may)), spreadText(spreadOf(mayNot))]);
  print(
    `Decisions a second, median (least – most) of ${rounds} rounds; without the trace, which is worked out when it is asked for.`,
  );
  print(table(["task policy", "allowed", "denied"], rows));
}

/** @throws Error when a decision is not the one that AWS would come to: a fast wrong answer is worth nothing */
function measure(task: TaskName, ask: "may" | "mayNot"): number {
  const [action, resource] = asked[task][ask];
  const policies = { identity: [], session: [{ name: taskPolicyArn(task), document: taskPolicyDocument(task) }] };
  const request = requestFor(action, resource);
  const started = performance.now();
  let decisions = 0;
  for (; performance.now() - started < roundMilliseconds; decisions += batch) {
    for (let count = 0; count < batch; count++) {
      if (evaluate(request, policies).allowed !== (ask === "may")) {
        throw new Error(`The evaluator is wrong about ${action} under ${task}.`);
      }
    }
  }
  return decisions / ((performance.now() - started) / 1000);
}

/** With the condition keys that the sandbox organization gives a root session's request. */
function requestFor(action: string, resource: string): AuthorizationRequest {
  return {
    action,
    resource,
    principal: { kind: "root", accountId: account, arn: rootArn },
    resourceAccountId: account,
    context: {
      "aws:PrincipalArn": rootArn,
      "aws:PrincipalAccount": account,
      "aws:PrincipalType": "Account",
      "aws:userid": account,
      "aws:ResourceAccount": account,
      "aws:RequestedRegion": "ap-northeast-2",
      "aws:SourceIp": "127.0.0.1",
      "aws:SecureTransport": "true",
      "aws:AssumedRoot": "true",
    },
  };
}
