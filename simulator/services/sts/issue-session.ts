import { randomBytes } from "node:crypto";
import type { Credentials } from "@aws-sdk/client-sts";
import { iamId, secretAccessKey } from "../../aws-identifiers.ts";
import type { Session } from "../../state/iam.ts";
import type { State } from "../../state/state.ts";

/** The parts of a session that its issuer decides; the keys are made here. */
export type SessionRequest = WithoutKeys<Session>;
type WithoutKeys<Kind> = Kind extends Session ? Omit<Kind, "accessKeyId" | "secretAccessKey" | "sessionToken"> : never;

/** Makes temporary credentials and remembers who they speak for. */
export function issueSession(state: State, request: SessionRequest): Credentials {
  const keys = {
    accessKeyId: iamId("ASIA"),
    secretAccessKey: secretAccessKey(),
    sessionToken: randomBytes(192).toString("base64"),
  };
  state.credentials.set(keys.accessKeyId, { ...request, ...keys });
  return {
    AccessKeyId: keys.accessKeyId,
    SecretAccessKey: keys.secretAccessKey,
    SessionToken: keys.sessionToken,
    Expiration: request.expires,
  };
}
