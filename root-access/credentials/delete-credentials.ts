import { endedBy } from "../aws/aws-clients.ts";
import { awsErrorCode, callAws } from "../aws/aws-failure.ts";
import { waitFor } from "../poll.ts";
import { RootAccessError } from "../root-access-error.ts";
import {
  accessKeyName,
  certificateName,
  type CredentialInventory,
  credentialNames,
  hasPassword,
  mfaDeviceName,
  passwordName,
  type RootUserRequests,
  takeInventory,
} from "./credential-inventory.ts";

/** What has become of a root user's credentials, by their names. */
export interface Deletion {
  readonly deleted: readonly string[];
  /** Seen after the work, or not known to be gone. Empty: AWS lists none any more. */
  readonly left: readonly string[];
  /** One for each credential that could not be deleted, or the one that ended the work. */
  readonly failures: readonly RootAccessError[];
}

/**
 * Deletes what a root user has, in a root session for IAMDeleteRootUserCredentials: access keys and certificates, which
 * open the account by themselves, then the password, and MFA devices only when AWS says that there is no password any more.
 * So at no time does a password stand without the MFA that it had. What is gone already is no failure; what fails does not
 * keep the others, except the MFA devices behind a password.
 *
 * @param onDeleting told what is there, before the first of it is deleted
 * @throws whatever `onDeleting` throws; nothing has been deleted then
 */
export async function deleteCredentials(
  requests: RootUserRequests,
  onDeleting: (names: readonly string[]) => Promise<void>,
): Promise<Deletion> {
  const found = await takeInventory(requests);
  const names = credentialNames(found);
  if (names.length === 0) return { deleted: [], left: [], failures: [] };
  await onDeleting(names);
  const { deleted, failures } = await deleteInOrder(requests, found);
  try {
    return { deleted, left: await leftAfter(requests, failures.length > 0), failures };
  } catch (error) {
    if (!(error instanceof RootAccessError)) throw error;
    return { deleted, left: names.filter((name) => !deleted.includes(name)), failures: [...failures, error] };
  }
}

interface Step {
  readonly name: string;
  /** Resolves to what went wrong when the credential was gone already: something of it is left that opens nothing. */
  readonly take: () => Promise<RootAccessError | undefined>;
}

async function deleteInOrder(requests: RootUserRequests, found: CredentialInventory): Promise<Omit<Deletion, "left">> {
  const { beforeMfa, mfa } = await stepsFor(requests, found);
  const first = await takeEach(beforeMfa);
  if (mfa.length === 0 || first.failures.some(endsTheWork)) return first;
  if (found.password && !first.deleted.includes(passwordName)) return first;
  const second = await takeEach(mfa);
  return { deleted: [...first.deleted, ...second.deleted], failures: [...first.failures, ...second.failures] };
}

async function stepsFor(requests: RootUserRequests, found: CredentialInventory) {
  const { iam, accountId, signal } = requests;
  const sdk = await import("@aws-sdk/client-iam");
  const ended = endedBy(signal);
  const remove = (name: string, send: () => Promise<unknown>): Promise<void> =>
    unlessItIsGone(callAws({ doing: `delete the root user's ${name} in ${accountId}` }, send));
  const step = (name: string, send: () => Promise<unknown>): Step => ({
    name,
    take: () => remove(name, send).then(() => undefined),
  });
  return {
    beforeMfa: [
      ...found.accessKeyIds.map((AccessKeyId) =>
        step(accessKeyName(AccessKeyId), () => iam.send(new sdk.DeleteAccessKeyCommand({ AccessKeyId }), ended)),
      ),
      ...found.certificateIds.map((CertificateId) =>
        step(certificateName(CertificateId), () =>
          iam.send(new sdk.DeleteSigningCertificateCommand({ CertificateId }), ended),
        ),
      ),
      ...(found.password ? [step(passwordName, () => iam.send(new sdk.DeleteLoginProfileCommand({}), ended))] : []),
    ],
    mfa: found.mfaDevices.map((SerialNumber) => ({
      name: mfaDeviceName(SerialNumber),
      take: async () => {
        const name = mfaDeviceName(SerialNumber);
        await passwordGone(requests);
        await remove(name, () => iam.send(new sdk.DeactivateMFADeviceCommand({ SerialNumber }), ended));
        return SerialNumber.startsWith("arn:") ? removeUnused(SerialNumber) : undefined;
      },
    })),
  };

  /** Deactivated, it opens nothing; whether a session may delete the device itself, AWS does not document. */
  async function removeUnused(SerialNumber: string): Promise<RootAccessError | undefined> {
    try {
      await remove("unused MFA device", () => iam.send(new sdk.DeleteVirtualMFADeviceCommand({ SerialNumber }), ended));
    } catch (error) {
      if (!(error instanceof RootAccessError)) throw error;
      return error.reason === "not-authorized" ? undefined : error;
    }
    return undefined;
  }
}

/** Asked before each device, because somebody with the root mailbox could have set a password in the meantime. */
async function passwordGone(requests: RootUserRequests): Promise<void> {
  await waitFor({
    waitingFor: `the root password in ${requests.accountId} to be gone, before its MFA goes`,
    look: async () => ((await hasPassword(requests)) ? { instead: "it is there" } : { found: true }),
    deadlineMilliseconds,
    signal: requests.signal,
  });
}

const deadlineMilliseconds = 30_000;

async function takeEach(steps: readonly Step[]): Promise<Omit<Deletion, "left">> {
  const deleted: string[] = [];
  const failures: RootAccessError[] = [];
  for (const { name, take } of steps) {
    try {
      const leftover = await take();
      deleted.push(name);
      if (leftover) failures.push(leftover);
    } catch (error) {
      if (!(error instanceof RootAccessError)) throw error;
      failures.push(error);
      if (endsTheWork(error)) break;
    }
  }
  return { deleted, failures };
}

/** Another request of the same session would fare no better. */
function endsTheWork({ reason }: RootAccessError): boolean {
  return reason === "cancelled" || reason === "not-authenticated";
}

async function leftAfter(requests: RootUserRequests, hasFailed: boolean): Promise<readonly string[]> {
  if (hasFailed) return credentialNames(await takeInventory(requests));
  return waitFor({
    waitingFor: `the root credentials in ${requests.accountId} to be gone`,
    look: async () => {
      const left = credentialNames(await takeInventory(requests));
      return left.length > 0 ? { instead: left.join(", ") } : { found: left };
    },
    deadlineMilliseconds,
    signal: requests.signal,
  });
}

/** It is, when an answer was lost on its way and the SDK has asked again, or somebody else was faster. */
async function unlessItIsGone(removal: Promise<unknown>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    if (awsErrorCode(error) !== "NoSuchEntityException") throw error;
  }
}
