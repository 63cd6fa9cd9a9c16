import { parseArn } from "#iam";
import type { PlannedAlerts } from "../plan/alerts-review.ts";
import type { OwnResources } from "../facts/own-resources.ts";
import type { Check } from "./preflight.ts";

/**
 * What it takes to make the keys of the alerts, as long as one is still to be made. KMS makes a key only for somebody who
 * could change its policy later, and when it refuses it does not name that permission (docs/aws-behaviour.md, section 8):
 * so it is named beforehand. There is no look-up that would tell.
 */
export function checkAlertKeys(alerts: PlannedAlerts | undefined, own: OwnResources | undefined): readonly Check[] {
  if (alerts === undefined || alerts.keyArn !== undefined) return [];
  const made = new Set(own?.filter(({ type }) => type === "aws:kms/key:Key").map(accountOf));
  const accounts = alerts.accounts.map(({ accountId }) => accountId).filter((accountId) => !made.has(accountId));
  return accounts.map((accountId) => ({
    subject: `whether a key for the alerts can be made in ${accountId}`,
    needs:
      "kms:CreateKey and kms:PutKeyPolicy; without the latter KMS says only that the new key policy will not allow you " +
      "to update the key policy in the future",
  }));
}

function accountOf({ outputs: { arn } }: OwnResources[number]): string | undefined {
  return typeof arn === "string" ? parseArn(arn)?.accountId : undefined;
}
