import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { Sha256 } from "@smithy/core/checksum";
import { HttpRequest } from "@smithy/core/transport";
import { SignatureV4 } from "@smithy/signature-v4";
import type { AwsCredentialIdentity } from "@smithy/types";
import type { SandboxOrganization } from "#simulator";
import type { Service } from "../../simulator/services/service.ts";
import { type Damage, damaged } from "./damage.ts";

export type SignedRequest = Awaited<ReturnType<SignatureV4["sign"]>>;

/** Who sends a request, and to which Region. */
export interface Sender {
  readonly credentials: AwsCredentialIdentity;
  readonly region: string;
}

/** Signs a client's request anew, damaged before if so wished; what the client signed for itself is left out. */
export async function signedRequest(
  request: HttpRequest,
  { name, signingNames: [signingName = name] }: Service,
  { credentials, region }: Sender,
  damage: Damage,
  { port, clock }: SandboxOrganization,
): Promise<SignedRequest> {
  const { headers, ...parts } = damaged(request, await textOf(request), damage);
  const isS3 = name === "s3";
  const signer = new SignatureV4({
    credentials,
    region,
    service: signingName,
    sha256: Sha256,
    applyChecksum: isS3,
    uriEscapePath: !isS3,
  });
  const sent = { ...unsigned(headers), host: `127.0.0.1:${port}` };
  return signer.sign(new HttpRequest({ ...parts, protocol: "http:", headers: sent }), { signingDate: clock.now() });
}

async function textOf({ body }: HttpRequest): Promise<string> {
  const content: unknown = body;
  if (typeof content === "string") return content;
  if (content instanceof Uint8Array) return new TextDecoder().decode(content);
  return content instanceof Readable ? (await buffer(content)).toString() : "";
}

const ofSignature =
  /^(authorization|x-amz-date|host|content-length|x-amz-security-token|x-amz-content-sha256|transfer-encoding)$/i;

function unsigned(headers: HttpRequest["headers"]): HttpRequest["headers"] {
  return Object.fromEntries(Object.entries(headers).filter(([header]) => !ofSignature.test(header)));
}
