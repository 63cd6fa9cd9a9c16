import { Sha256 } from "@smithy/core/checksum";
import { HttpRequest } from "@smithy/core/transport";
import { SignatureV4 } from "@smithy/signature-v4";
import { expect } from "chai";
import fc from "fast-check";
import { type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { cloudControlService } from "../../../simulator/services/cloud-control/index.ts";
import { cloudTrailService } from "../../../simulator/services/cloudtrail/index.ts";
import { eventBridgeService } from "../../../simulator/services/eventbridge/index.ts";
import { identityStoreService } from "../../../simulator/services/identity-store/index.ts";
import { keyManagementService } from "../../../simulator/services/kms/index.ts";
import type { Service } from "../../../simulator/services/service.ts";
import { ssoAdminService } from "../../../simulator/services/sso-admin/index.ts";
import { administrator } from "../clients.ts";
import { homeRegion, identityStoreId, instanceArn } from "../identity-center.ts";

/** Values that get past the first checks, so that what lies behind is reached too. */
const plausible = fc.constantFrom(
  instanceArn,
  `${instanceArn.replace("instance", "permissionSet")}/ps-0000000000000000`,
  identityStoreId,
  "9067000001-a1a1a1a1-4000-4000-8000-a1a1a1a1a1a1",
  "222222222222",
  "AWS_ACCOUNT",
  "USER",
  "AWS::SSO::PermissionSet",
  "AWS::SSO::Assignment",
  "a|b",
  "a|b|c|d|e|f",
  `{"InstanceArn":"${instanceArn}","Name":"${"n".repeat(3)}"}`,
  '[{"op":"add","path":"/Tags","value":[]}]',
);
const value = fc.oneof({ weight: 3, arbitrary: plausible }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) });

describe("requests that no SDK would send", () => {
  let sandbox: SandboxOrganization;
  const defects: string[] = [];

  before(async () => {
    const log = (line: string): void => {
      if (line.startsWith("defect")) defects.push(line);
    };
    sandbox = await startSandboxOrganization({ configured: true, propagationMilliseconds: 0, log });
  });

  after(() => sandbox.close());

  for (const service of [
    ssoAdminService,
    identityStoreService,
    cloudControlService,
    cloudTrailService,
    eventBridgeService,
    keyManagementService,
  ]) {
    it(`${service.name} answers them all without failing itself`, async () => {
      const request = fc.constantFrom(...Object.keys(service.operations)).chain((operation) =>
        fc.record({
          operation: fc.constant(operation),
          body: fc.record(Object.fromEntries(memberNames(service, operation).map((name) => [name, value])), {
            requiredKeys: requiredNames(service, operation),
          }),
        }),
      );
      await fc.assert(
        fc.asyncProperty(request, async ({ operation, body }) => {
          const { status, text } = await send(sandbox, service, operation, JSON.stringify(body));
          expect(defects, text).to.deep.equal([]);
          expect(status, text).to.be.oneOf([200, 400, 501]);
          expect(text, "every operation is known").not.to.contain("UnknownOperationException");
        }),
        { numRuns: 150 },
      );
    });
  }
});

function memberNames(service: Service, operation: string): readonly string[] {
  const input = service.model.operations.get(operation)?.input;
  return !input || input.isUnitSchema() ? [] : [...input.structIterator()].map(([name]) => name);
}

function requiredNames(service: Service, operation: string): string[] {
  return [...(service.model.operations.get(operation)?.required ?? [])];
}

async function send(
  sandbox: SandboxOrganization,
  { model, signingNames: [signingName = ""] }: Service,
  operation: string,
  body: string,
): Promise<{ status: number; text: string }> {
  const { credentials, region } = administrator(sandbox, "management", homeRegion);
  const signer = new SignatureV4({ credentials, region, service: signingName, sha256: Sha256 });
  const headers = {
    host: `127.0.0.1:${sandbox.port}`,
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": `${model.target}.${operation}`,
  };
  const signed = await signer.sign(
    new HttpRequest({ method: "POST", hostname: "127.0.0.1", path: "/", headers, body }),
  );
  const response = await fetch(sandbox.endpoint, { method: "POST", headers: signed.headers, body });
  return { status: response.status, text: await response.text() };
}
