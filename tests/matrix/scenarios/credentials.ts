import type { AccountId } from "#iam";
import { sandboxAccounts, type SandboxOrganization } from "#simulator";
import type { Moment, RunEnd, Scenario } from "./scenario.ts";

const asAlice = ["--profile", "break-glass", "--yes"] as const;

/** Orders has a password, two access keys, a signing certificate and an MFA device; Audit has nothing. */
export const credentialChanges: readonly Scenario[] = [
  {
    name: "credentials delete",
    prepare: () => Promise.resolve(["credentials", "delete", "--account", sandboxAccounts.orders, ...asAlice]),
    look: (organization) => credentialsOf(organization, sandboxAccounts.orders).join("\n"),
    always: ({ organization }: Moment): string | undefined => {
      const { loginProfile, mfaDevices } = rootUserOf(organization, sandboxAccounts.orders);
      return loginProfile && mfaDevices.length === 0 ? "there is a password without its MFA" : undefined;
    },
    judge: judgeDeletion,
  },
  {
    name: "credentials allow-recovery",
    prepare: () => Promise.resolve(["credentials", "allow-recovery", "--account", sandboxAccounts.audit, ...asAlice]),
    look: (organization) => credentialsOf(organization, sandboxAccounts.audit).join("\n"),
    always: ({ organization }: Moment): string | undefined => {
      const { accessKeys, mfaDevices } = rootUserOf(organization, sandboxAccounts.audit);
      return accessKeys.length + mfaDevices.length > 0 ? "there is more than a password" : undefined;
    },
    judge: judgeRecovery,
  },
];

function rootUserOf({ state }: SandboxOrganization, account: AccountId) {
  const iam = state.iam.get(account);
  return iam?.rootUser ?? { accessKeys: [], signingCertificates: [], mfaDevices: [] };
}

/** Each credential as the command calls it. */
function credentialsOf(organization: SandboxOrganization, account: AccountId): readonly string[] {
  const { loginProfile, accessKeys, signingCertificates, mfaDevices } = rootUserOf(organization, account);
  return [
    ...accessKeys.map(({ id }) => `access key …${id.slice(-4)}`),
    ...signingCertificates.map(({ id }) => `signing certificate ${id}`),
    ...(loginProfile ? ["password"] : []),
    ...mfaDevices.map(({ serialNumber }) => `MFA device ${serialNumber.split("mfa/").at(-1) ?? serialNumber}`),
  ];
}

/** Many writes may end in the middle; what is gone and what is left must then be told credential by credential. */
function judgeDeletion({ ended, before, now }: RunEnd): readonly string[] {
  const { status, stdout, stderr } = ended;
  const wrong: string[] = [];
  const insist = (holds: boolean, otherwise: string): void => {
    if (!holds) wrong.push(otherwise);
  };
  const had = before.split("\n");
  const left = now.split("\n").filter((name) => name !== "");
  insist([0, 1, 3, 4].includes(status), `exit code ${status}`);
  insist(status !== 0 || left.length === 0, "exit code 0, and there are credentials left");
  if (status === 0) return wrong;
  const said = `${stdout}\n${stderr}`;
  const toldGone = listAfter(said, "Gone: ", had);
  const toldLeft = listAfter(said, "Left: ", had);
  insist(
    toldGone.every((name) => !left.includes(name)),
    `it says that ${toldGone.join(", ")} are gone`,
  );
  const claimsNothing = /Nothing has been (deleted|changed)/.test(said);
  insist(!claimsNothing || left.length === had.length, "it says that nothing has been deleted, and something has");
  if (claimsNothing) return wrong;
  insist(said.includes(sandboxAccounts.orders), "it does not name the account");
  insist(
    left.every((name) => toldLeft.includes(name)),
    "not all that is left is told",
  );
  insist(
    had.every((name) => toldGone.includes(name) || toldLeft.includes(name)),
    "not all that was there is told",
  );
  return wrong;
}

function listAfter(said: string, word: string, known: readonly string[]): readonly string[] {
  const from = said.indexOf(word);
  if (from < 0) return [];
  const list = said.slice(from + word.length).split(/\. |\.\n|\.$/)[0] ?? "";
  return known.filter((name) => list.includes(name));
}

function judgeRecovery({ ended, before, now }: RunEnd): readonly string[] {
  const { status, stdout, stderr } = ended;
  const wrong: string[] = [];
  const insist = (holds: boolean, otherwise: string): void => {
    if (!holds) wrong.push(otherwise);
  };
  insist([0, 3, 4, 9].includes(status), `exit code ${status}`);
  insist(status !== 0 || now === "password", "exit code 0, and recovery is not allowed");
  if (status === 0) return wrong;
  const said = `${stdout}\n${stderr}`;
  const unchanged = /nothing has been changed/i.test(said);
  insist(!unchanged || now === before, "it says that nothing has changed, and recovery is allowed");
  insist(
    unchanged || /may or may not have been allowed|has been allowed|is allowed/.test(said),
    "it does not say what has changed",
  );
  return wrong;
}
