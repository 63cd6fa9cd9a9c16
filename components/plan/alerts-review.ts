import { type AccountId, parseAccountId, parseArn } from "#iam";
import type { OrganizationFacts } from "../facts/organization-facts.ts";
import { refused, type Reviewed } from "../review.ts";
import type { AlertsConfiguration, PlainAlertSubscription } from "../configuration/safeguards-configuration.ts";

/** The alerts to make, in each account from which root sessions are opened. */
export interface PlannedAlerts {
  readonly accounts: readonly PlannedAccountAlerts[];
  /** Of the topics; `undefined` for the provider's own. */
  readonly region: string | undefined;
  /** `undefined` for every Region that is enabled in the account. */
  readonly regions: readonly string[] | undefined;
  readonly keyArn: string | undefined;
  readonly topicName: string;
}

export interface PlannedAccountAlerts {
  readonly accountId: AccountId;
  readonly subscriptions: readonly PlainAlertSubscription[];
}

/**
 * Decides who is told by which account's topic. People are told by each. A queue or function is told by its own account's
 * alone: another's would have to be confirmed by it first.
 */
export function reviewAlerts(
  key: string,
  { subscriptions, region, regions, key: keyArn, topicName }: AlertsConfiguration,
  delegate: AccountId | undefined,
  { organization, region: providerRegion }: OrganizationFacts,
): Reviewed<PlannedAlerts> {
  const management = parseAccountId(organization?.managementAccountId ?? "");
  if (management === undefined) return refused();
  const accounts = [management, ...(delegate === undefined ? [] : [delegate])];
  const problems = [
    ...subscriptions.flatMap((one, index) => endpointProblems(`${key}.subscriptions[${index}]`, one, accounts)),
    ...(keyArn === undefined ? [] : keyProblems(`${key}.key`, keyArn, region ?? providerRegion)),
  ];
  if (problems.length > 0) return refused(...problems);
  return {
    accepted: {
      accounts: accounts.map((accountId) => ({
        accountId,
        subscriptions: subscriptions.filter(({ endpoint }) => {
          const owner = parseArn(endpoint)?.accountId;
          return owner === undefined || owner === accountId;
        }),
      })),
      region,
      regions,
      keyArn,
      topicName,
    },
  };
}

function endpointProblems(
  key: string,
  { protocol, endpoint }: PlainAlertSubscription,
  accounts: readonly AccountId[],
): readonly string[] {
  if (protocol === "email" || protocol === "email-json") {
    return /^[^@\s]+@[^@\s]+$/.test(endpoint) ? [] : [`${key}.endpoint: ${endpoint} is no e-mail address.`];
  }
  if (protocol === "sms") {
    return /^\+[1-9]\d{6,14}$/.test(endpoint)
      ? []
      : [
          `${key}.endpoint: ${endpoint} is no phone number; write it with the country's code, for example +15551234567.`,
        ];
  }
  const arn = parseArn(endpoint);
  if (arn?.service !== protocol || arn.partition !== "aws")
    return [`${key}.endpoint: ${endpoint} is not the ARN of ${things[protocol]}.`];
  if (accounts.some((accountId) => accountId === arn.accountId)) return [];
  return [
    `${key}.endpoint: ${endpoint} is in account ${arn.accountId}, where no alerts are made; choose one of ${accounts.join(", ")}.`,
  ];
}

const things = { sqs: "a queue", lambda: "a function" };

/** SNS encrypts with keys of the topic's Region only. */
function keyProblems(key: string, text: string, region: string): readonly string[] {
  const arn = parseArn(text);
  if (arn?.service !== "kms" || arn.partition !== "aws" || !arn.resource.startsWith("key/")) {
    return [`${key}: ${text} is not the ARN of a key; write it whole, arn:aws:kms:REGION:ACCOUNT:key/ID.`];
  }
  if (arn.region === region) return [];
  return [`${key}: the key is in ${arn.region}, and the topic in ${region}; they have to be in one Region.`];
}
