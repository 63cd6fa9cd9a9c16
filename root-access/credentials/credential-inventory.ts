import type { IAMClient } from "@aws-sdk/client-iam";
import type { AccountId } from "#iam";
import { endedBy } from "../aws/aws-clients.ts";
import { awsErrorCode, callAws } from "../aws/aws-failure.ts";

/** Which credentials a root user has at a moment, by the ids that AWS deletes them by. */
export interface CredentialInventory {
  readonly password: boolean;
  readonly accessKeyIds: readonly string[];
  readonly certificateIds: readonly string[];
  /** Serial numbers; a virtual device has an ARN. */
  readonly mfaDevices: readonly string[];
}

/** Who asks, and about which account. */
export interface RootUserRequests {
  /** With the credentials of a root session in the account. */
  readonly iam: IAMClient;
  readonly accountId: AccountId;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Takes stock in a root session for IAMDeleteRootUserCredentials, which has lists but no account summary
 * (docs/aws-behaviour.md, section 2). A root user has two access keys, two certificates and eight MFA devices at most:
 * each list is one page.
 *
 * @throws RootAccessError
 */
export async function takeInventory(requests: RootUserRequests): Promise<CredentialInventory> {
  const { iam, accountId, signal } = requests;
  const sdk = await import("@aws-sdk/client-iam");
  const ended = endedBy(signal);
  const list = <Answer>(what: string, send: () => Promise<Answer>): Promise<Answer> =>
    callAws({ doing: `list the root user's ${what} in ${accountId}` }, send);
  const [password, keys, certificates, devices] = await Promise.all([
    hasPassword(requests),
    list("access keys", () => iam.send(new sdk.ListAccessKeysCommand({}), ended)),
    list("signing certificates", () => iam.send(new sdk.ListSigningCertificatesCommand({}), ended)),
    list("MFA devices", () => iam.send(new sdk.ListMFADevicesCommand({}), ended)),
  ]);
  return {
    password,
    accessKeyIds: (keys.AccessKeyMetadata ?? []).flatMap(({ AccessKeyId }) => AccessKeyId ?? []),
    certificateIds: (certificates.Certificates ?? []).flatMap(({ CertificateId }) => CertificateId ?? []),
    mfaDevices: (devices.MFADevices ?? []).flatMap(({ SerialNumber }) => SerialNumber ?? []),
  };
}

/** Whether the root user has a login profile: a password, or the permission to set one by mail. */
export async function hasPassword({ iam, accountId, signal }: RootUserRequests): Promise<boolean> {
  const { GetLoginProfileCommand } = await import("@aws-sdk/client-iam");
  try {
    await callAws({ doing: `see whether the root user in ${accountId} has a password` }, () =>
      iam.send(new GetLoginProfileCommand({}), endedBy(signal)),
    );
    return true;
  } catch (error) {
    if (awsErrorCode(error) === "NoSuchEntityException") return false;
    throw error;
  }
}

/** How each credential is called in results and records: of an access key only the end of its id. */
export function credentialNames({ accessKeyIds, certificateIds, password, mfaDevices }: CredentialInventory): string[] {
  return [
    ...accessKeyIds.map(accessKeyName),
    ...certificateIds.map(certificateName),
    ...(password ? [passwordName] : []),
    ...mfaDevices.map(mfaDeviceName),
  ];
}

export const passwordName = "password";

export function accessKeyName(id: string): string {
  return `access key …${id.slice(-4)}`;
}

export function certificateName(id: string): string {
  return `signing certificate ${id}`;
}

/** @example mfaDeviceName("arn:aws:iam::333333333333:mfa/phone") // "MFA device phone" */
export function mfaDeviceName(serialNumber: string): string {
  return `MFA device ${serialNumber.split("mfa/").at(-1) ?? serialNumber}`;
}
