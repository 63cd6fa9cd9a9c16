import type { IAMClient } from "@aws-sdk/client-iam";
import type { AccountId } from "#iam";
import { endedBy } from "../aws/aws-clients.ts";
import { callAws } from "../aws/aws-failure.ts";
import { RootAccessError } from "../root-access-error.ts";
import type { RootAccessKey, RootCredentials } from "./account-audit.ts";

/**
 * What credentials a member account's root user has, read by a root session for IAMAuditRootUserCredentials: one call
 * where there are none, one more for each kind that there is, one more for each access key.
 *
 * AWS facts: docs/aws-behaviour.md, section 2.
 *
 * @returns `undefined` where there are none
 * @throws RootAccessError also where the summary and a list contradict each other: that is no finding, and not clean
 */
export async function readRootCredentials(
  iam: IAMClient,
  accountId: AccountId,
  signal?: AbortSignal,
): Promise<RootCredentials | undefined> {
  const look: Look = { iam, accountId, signal };
  const present = await summary(look);
  if (!Object.values(present).includes(true)) return undefined;
  return {
    password: present.password,
    accessKeys: present.accessKeys ? some("access key", accountId, await accessKeys(look)) : [],
    signingCertificates: present.certificates ? some("signing certificate", accountId, await certificates(look)) : [],
    mfaDevices: present.mfa ? some("MFA device", accountId, await mfaDevices(look)) : [],
  };
}

interface Look {
  readonly iam: IAMClient;
  readonly accountId: AccountId;
  readonly signal: AbortSignal | undefined;
}

async function summary({ iam, accountId, signal }: Look) {
  const { GetAccountSummaryCommand } = await import("@aws-sdk/client-iam");
  const { SummaryMap } = await callAws({ doing: `read the account summary of ${accountId}` }, () =>
    iam.send(new GetAccountSummaryCommand({}), endedBy(signal)),
  );
  const says = (entry: string): boolean => {
    const count = SummaryMap === undefined ? undefined : new Map(Object.entries(SummaryMap)).get(entry);
    if (count !== undefined) return count > 0;
    throw new RootAccessError({
      reason: "aws-failed",
      what: `The account summary of ${accountId} has no ${entry}.`,
    });
  };
  return {
    password: says("AccountPasswordPresent"),
    accessKeys: says("AccountAccessKeysPresent"),
    certificates: says("AccountSigningCertificatesPresent"),
    mfa: says("AccountMFAEnabled"),
  };
}

async function accessKeys(look: Look): Promise<RootAccessKey[]> {
  const { iam, accountId, signal } = look;
  const { ListAccessKeysCommand } = await import("@aws-sdk/client-iam");
  const { AccessKeyMetadata = [] } = await callAws({ doing: `list the root user's access keys in ${accountId}` }, () =>
    iam.send(new ListAccessKeysCommand({}), endedBy(signal)),
  );
  const keys: RootAccessKey[] = [];
  for (const { AccessKeyId = "", Status, CreateDate } of AccessKeyMetadata) {
    const lastUsed = await lastUse(look, AccessKeyId);
    keys.push({
      idEndsWith: AccessKeyId.slice(-4),
      active: Status === "Active",
      created: time(CreateDate),
      ...(lastUsed ? { lastUsed } : {}),
    });
  }
  return keys;
}

async function lastUse(
  { iam, accountId, signal }: Look,
  AccessKeyId: string,
): Promise<RootAccessKey["lastUsed"] | undefined> {
  const { GetAccessKeyLastUsedCommand } = await import("@aws-sdk/client-iam");
  const doing = `learn when an access key of the root user in ${accountId} was last used`;
  const { AccessKeyLastUsed: use } = await callAws({ doing }, () =>
    iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }), endedBy(signal)),
  );
  if (use?.LastUsedDate === undefined) return undefined;
  return { at: time(use.LastUsedDate), service: use.ServiceName ?? "N/A", region: use.Region ?? "N/A" };
}

async function certificates({ iam, accountId, signal }: Look): Promise<RootCredentials["signingCertificates"]> {
  const { ListSigningCertificatesCommand } = await import("@aws-sdk/client-iam");
  const doing = `list the root user's signing certificates in ${accountId}`;
  const { Certificates = [] } = await callAws({ doing }, () =>
    iam.send(new ListSigningCertificatesCommand({}), endedBy(signal)),
  );
  return Certificates.map(({ CertificateId = "", Status, UploadDate }) => ({
    id: CertificateId,
    active: Status === "Active",
    uploaded: time(UploadDate),
  }));
}

async function mfaDevices({ iam, accountId, signal }: Look): Promise<RootCredentials["mfaDevices"]> {
  const { ListMFADevicesCommand } = await import("@aws-sdk/client-iam");
  const { MFADevices = [] } = await callAws({ doing: `list the root user's MFA devices in ${accountId}` }, () =>
    iam.send(new ListMFADevicesCommand({}), endedBy(signal)),
  );
  return MFADevices.map(({ SerialNumber = "", EnableDate }) => ({
    serialNumber: SerialNumber,
    enabled: time(EnableDate),
  }));
}

function some<Item>(kind: string, accountId: AccountId, items: readonly Item[]): readonly Item[] {
  if (items.length > 0) return items;
  throw new RootAccessError({
    reason: "aws-failed",
    what: `The account summary of ${accountId} counts a root ${kind}, but AWS lists none.`,
    next: "It may just have been deleted: read the account again.",
  });
}

/** AWS dates all of these; an answer without a date is not one that an audit may rest on. */
function time(date: Date | undefined): string {
  if (date !== undefined) return date.toISOString();
  throw new RootAccessError({
    reason: "aws-failed",
    what: "AWS named a credential of the root user without its date.",
  });
}
