import { expect } from "chai";
import { parseAccountId } from "#iam";
import { checkAlertKeys } from "../../components/preflight/alert-keys.ts";
import type { PlannedAlerts } from "../../components/plan/alerts-review.ts";
import { checkLine } from "../../components/preflight/preflight.ts";

const accountIds = ["111111111111", "222222222222"].map(parseAccountId).filter((id) => id !== undefined);
const alerts: PlannedAlerts = {
  accounts: accountIds.map((accountId) => ({ accountId, subscriptions: [] })),
  region: undefined,
  regions: undefined,
  keyArn: undefined,
  topicName: "root-access-alerts",
};
const key = (account: string): { type: string; outputs: { arn: string } } => ({
  type: "aws:kms/key:Key",
  outputs: { arn: `arn:aws:kms:us-east-1:${account}:key/1234` },
});

describe("what the keys of the alerts take", () => {
  it("is said of each account in which there is none yet, with what KMS says in its place", () => {
    const lines = checkAlertKeys(alerts, []).map(checkLine);
    expect(lines).to.have.length(2);
    expect(lines[0]).to.match(
      /^not checked: whether a key for the alerts can be made in 111111111111: needs kms:CreateKey/,
    );
    expect(lines[0]).to.include(
      "kms:PutKeyPolicy; without the latter KMS says only that the new key policy will not allow",
    );
    expect(checkAlertKeys(alerts, [key("111111111111")]).map(({ subject }) => subject)).to.deep.equal([
      "whether a key for the alerts can be made in 222222222222",
    ]);
  });

  it("is said where the engine cannot tell what is made already", () => {
    expect(checkAlertKeys(alerts, undefined)).to.have.length(2);
  });

  it("is not said once they are made, where one is given, or without alerts", () => {
    expect(checkAlertKeys(alerts, [key("111111111111"), key("222222222222")])).to.deep.equal([]);
    const keyArn = "arn:aws:kms:us-east-1:111111111111:key/1234";
    expect(checkAlertKeys({ ...alerts, keyArn }, [])).to.deep.equal([]);
    expect(checkAlertKeys(undefined, [])).to.deep.equal([]);
  });
});
