import { randomBytes } from "node:crypto";
import type { AccountId } from "#iam";
import type { AccessKey, IamUser } from "./iam.ts";
import { iamOf, type State } from "./state.ts";

/** Long-term keys of an account's administrator, for the sandbox's AWS profiles. */
export interface AdministratorKey {
  readonly accountId: AccountId;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Makes the IAM user `administrator` with AdministratorAccess: the ordinary principal of an account. */
export function addAdministrator(state: State, accountId: AccountId, created: Date): AdministratorKey {
  const key = accessKey(`AKIASANDBOX${accountId.slice(0, 3)}ADMIN7`, created);
  const user: IamUser = {
    name: "administrator",
    path: "/",
    id: `AIDASANDBOX${accountId.slice(0, 10)}`,
    arn: `arn:aws:iam::${accountId}:user/administrator`,
    created,
    accessKeys: [key],
    signingCertificates: [],
    mfaDevices: [],
    inlinePolicies: new Map(),
    attachedPolicies: new Set(["arn:aws:iam::aws:policy/AdministratorAccess"]),
    tags: new Map(),
  };
  iamOf(state, accountId).users.set(user.name, user);
  state.credentials.set(key.id, { kind: "long-term key", accountId, userName: user.name, key });
  return { accountId, accessKeyId: key.id, secretAccessKey: key.secret };
}

/** Gives an account's root user everything that it should not have. */
export function addRootCredentials(state: State, accountId: AccountId, created: Date): void {
  const { rootUser } = iamOf(state, accountId);
  rootUser.loginProfile = { created, passwordResetRequired: false };
  for (const number of ["1", "2"]) {
    const key = accessKey(`AKIASANDBOX${accountId.slice(0, 3)}ROOT0${number}`, created);
    rootUser.accessKeys.push(key);
    state.credentials.set(key.id, { kind: "long-term key", accountId, userName: undefined, key });
  }
  rootUser.signingCertificates.push({
    id: "SANDBOXSIGNINGCERTIFICATE0000001",
    body: "-----BEGIN CERTIFICATE-----\nc2FuZGJveA==\n-----END CERTIFICATE-----",
    status: "Active",
    uploaded: created,
  });
  rootUser.mfaDevices.push({ serialNumber: `arn:aws:iam::${accountId}:mfa/root-account-mfa-device`, enabled: created });
}

function accessKey(id: string, created: Date): AccessKey {
  return { id, secret: randomBytes(30).toString("base64"), status: "Active", created };
}
