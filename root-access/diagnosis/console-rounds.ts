import type { consoleActions } from "#iam";

type ConsoleAction = (typeof consoleActions)[number];

/** What the IAM console says when the holder of a permission set lacks some of the 15 actions that it calls. */
export interface ConsoleRound {
  readonly sentence: string;
  /** What is missing when it says so; the next round shows only when these are there. */
  readonly actions: readonly ConsoleAction[];
}

/**
 * The three rounds in which the console's missing permissions come to light, one after the other
 * (docs/aws-behaviour.md, section 8).
 */
const consoleRounds: readonly ConsoleRound[] = [
  {
    sentence: "Access denied to : You don't have permission to perform this action.",
    actions: [
      "organizations:ListDelegatedAdministrators",
      "organizations:ListAWSServiceAccessForOrganization",
      "organizations:DescribeOrganization",
      "sso:DescribeRegisteredRegions",
      "ec2:DescribeRegions",
    ],
  },
  {
    sentence: "We couldn't load the root of the organization.",
    actions: [
      "organizations:ListRoots",
      "sso:ListInstances",
      "iam:ListSTSRegionalEndpointsStatus",
      "iam:GetOutboundWebIdentityFederationInfo",
    ],
  },
  {
    sentence: "We couldn't load organizational units.",
    actions: [
      "iam:GetAccountSummary",
      "iam:ListAccountAliases",
      "iam:ListOrganizationsFeatures",
      "account:GetAccountInformation",
      "organizations:ListAccountsForParent",
      "organizations:ListOrganizationalUnitsForParent",
    ],
  },
];

export const consoleSentences: readonly string[] = consoleRounds.map(({ sentence }) => sentence);

/** @returns the round that a console's message belongs to, counted from 1 */
export function consoleRound(message: string): number | undefined {
  const index = consoleSentences.findIndex((sentence) => message.includes(sentence));
  return index < 0 ? undefined : index + 1;
}

/** @param round counted from 1 */
export function actionsOfRound(round: number): readonly ConsoleAction[] {
  return consoleRounds[round - 1]?.actions ?? [];
}

/** @returns the round in which a missing action comes to light, counted from 1 */
export function roundOfAction(action: string): number | undefined {
  const index = consoleRounds.findIndex(({ actions }) => actions.some((known) => known === action));
  return index < 0 ? undefined : index + 1;
}
