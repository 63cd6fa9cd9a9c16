import { randomBytes } from "node:crypto";
import type { Credentials } from "@aws-sdk/client-sts";
import type { Session } from "../../state/iam.ts";
import type { State } from "../../state/state.ts";

/** The parts of a session that its issuer decides; the keys are made here. */
export type SessionRequest = WithoutKeys<Session>;
type WithoutKeys<Kind> = Kind extends Session ? Omit<Kind, "accessKeyId" | "secretAccessKey" | "sessionToken"> : never;

/** Makes temporary credentials and remembers who they speak for. */
export function issueSession(state: State, request: SessionRequest): Credentials {
  const keys = {
    accessKeyId: `ASIA${base32(16)}`,
    secretAccessKey: randomBytes(30).toString("base64"),
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

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function base32(length: number): string {
  return [...randomBytes(length)].map((byte) => alphabet.charAt(byte % alphabet.length)).join("");
}
