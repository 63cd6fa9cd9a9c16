/** What the alerts look for, and what they say. AWS facts: docs/aws-behaviour.md, sections 3 and 9. */

/** A pattern of EventBridge and the message that is made of what it finds. */
export interface AlertEvent {
  readonly description: string;
  readonly pattern: object;
  readonly message: { readonly inputPaths: Record<string, string>; readonly inputTemplate: string };
}

const featureChanges = [
  "EnableOrganizationsRootCredentialsManagement",
  "EnableOrganizationsRootSessions",
  "DisableOrganizationsRootCredentialsManagement",
  "DisableOrganizationsRootSessions",
];
const trustChanges = [
  "EnableAWSServiceAccess",
  "DisableAWSServiceAccess",
  "RegisterDelegatedAdministrator",
  "DeregisterDelegatedAdministrator",
];

const whoAndWhen = {
  who: "$.detail.userIdentity.arn",
  when: "$.detail.eventTime",
  region: "$.region",
  address: "$.detail.sourceIPAddress",
};
const session = {
  ...whoAndWhen,
  account: "$.detail.requestParameters.targetPrincipal",
  task: "$.detail.requestParameters.taskPolicyArn.arn",
};
const signature = ["By: <who>", "When: <when>, through Region <region>, from <address>"];

/** Every kind of alert, by name. A session that was refused is an alert of its own: somebody tried. */
export const alertEvents = {
  opened: {
    description: "Somebody opened a root session in a member account (sts:AssumeRoot)",
    pattern: recorded(["aws.sts"], { eventName: ["AssumeRoot"], errorCode: [{ exists: false }] }),
    message: {
      inputPaths: session,
      inputTemplate: lines("A root session was opened in account <account>.", "Task: <task>", ...signature),
    },
  },
  refused: {
    description: "Somebody was refused a root session (sts:AssumeRoot)",
    pattern: recorded(["aws.sts"], { eventName: ["AssumeRoot"], errorCode: [{ exists: true }] }),
    message: {
      inputPaths: { ...session, error: "$.detail.errorCode" },
      inputTemplate: lines("A root session in account <account> was refused: <error>.", "Task: <task>", ...signature),
    },
  },
  features: {
    description: "Somebody changed centralized root access",
    pattern: recorded(["aws.iam"], { eventName: featureChanges, errorCode: [{ exists: false }] }),
    message: {
      inputPaths: { ...whoAndWhen, event: "$.detail.eventName" },
      inputTemplate: lines("Centralized root access was changed: <event>.", ...signature),
    },
  },
  trust: {
    description: "Somebody changed trusted access for IAM or its delegated administrator",
    pattern: recorded(["aws.organizations"], {
      eventName: trustChanges,
      errorCode: [{ exists: false }],
      requestParameters: { servicePrincipal: ["iam.amazonaws.com"] },
    }),
    message: {
      inputPaths: { ...whoAndWhen, event: "$.detail.eventName", account: "$.detail.requestParameters.accountId" },
      inputTemplate: lines("Who may open root sessions was changed: <event> <account>", ...signature),
    },
  },
} as const satisfies Record<string, AlertEvent>;

/**
 * What a Region hands on to the one with the topic. Changes of the organization are recorded in us-east-1 alone, where
 * IAM and Organizations are.
 */
export function forwardedEvents(region: string): object {
  if (region !== globalRegion) return recorded(["aws.sts"], { eventName: ["AssumeRoot"] });
  return recorded(["aws.sts", "aws.iam", "aws.organizations"], {
    eventName: ["AssumeRoot", ...featureChanges, ...trustChanges],
  });
}

/** Where what IAM and Organizations do is recorded. */
export const globalRegion = "us-east-1";

function recorded(source: readonly string[], detail: object): object {
  return { source, "detail-type": ["AWS API Call via CloudTrail"], detail };
}

/** One text a line, as an input template has them. */
function lines(...texts: readonly string[]): string {
  return texts.map((text) => `"${text}"`).join("\n");
}
