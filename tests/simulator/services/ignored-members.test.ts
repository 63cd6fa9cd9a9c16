import { expect } from "chai";
import { z } from "zod";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { type Conversation, conversation, type Said } from "../../fuzz/conversation.ts";
import { administrator } from "../clients.ts";
import { homeRegion, instanceArn } from "../identity-center.ts";

const TaskPolicyArn = { arn: "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy" };
const TargetPrincipal = sandboxAccounts.orders;

/** A success that passes over a member it was given would mean something else than was asked for. */
const cases: readonly (readonly [service: string, operation: string, member: string, input: object])[] = [
  ["sts", "AssumeRoot", "MinimumSessionTokenSize", { TargetPrincipal, TaskPolicyArn, MinimumSessionTokenSize: 4096 }],
  ["cloudtrail", "ListTrails", "NextToken", { NextToken: "2" }],
  ["kms", "CreateKey", "CustomerMasterKeySpec", { CustomerMasterKeySpec: "RSA_2048" }],
  ["kms", "DescribeKey", "GrantTokens", { KeyId: "alias/aws/sns", GrantTokens: ["token"] }],
];

describe("members that an operation does not act upon", () => {
  let sandbox: SandboxOrganization;
  let speak: Conversation;

  before(async () => {
    sandbox = await startSandboxOrganization({ configured: true });
    speak = conversation(sandbox);
  });

  after(async () => {
    speak.close();
    await sandbox.close();
  });

  function send(service: string, operation: string, input: object): Promise<Said> {
    return speak.send({ service, operation, input, sender: administrator(sandbox, "management") });
  }

  for (const [service, operation, member, input] of cases) {
    it(`${service}:${operation} refuses ${member} by name, and does without it`, async () => {
      const { answer } = await send(service, operation, input);
      expect(answer?.status, answer?.body).to.equal(501);
      expect(answer?.body).to.contain(`The parameter ${member} of ${service}:${operation} is not modelled`);
      const others = Object.fromEntries(Object.entries(input).filter(([name]) => name !== member));
      expect((await send(service, operation, others)).error).to.equal(undefined);
    });
  }

  it("sso:ListCustomerManagedPolicyReferencesInPermissionSet refuses a token that it never gave", async () => {
    const sender = administrator(sandbox, "management", homeRegion);
    const ask = { service: "sso", sender };
    const created = await speak.send({
      ...ask,
      operation: "CreatePermissionSet",
      input: { InstanceArn: instanceArn, Name: "fuzz" },
    });
    const { PermissionSet } = z
      .object({ PermissionSet: z.object({ PermissionSetArn: z.string() }) })
      .parse(created.output);
    const { error } = await speak.send({
      ...ask,
      operation: "ListCustomerManagedPolicyReferencesInPermissionSet",
      input: { InstanceArn: instanceArn, ...PermissionSet, NextToken: "elsewhere" },
    });
    expect(error?.name).to.equal("ValidationException");
  });

  it("kms:ListKeyPolicies refuses a marker that it never gave", async () => {
    const { output } = await send("kms", "CreateKey", {});
    const { KeyMetadata } = z.object({ KeyMetadata: z.object({ KeyId: z.string() }) }).parse(output);
    const { error } = await send("kms", "ListKeyPolicies", { KeyId: KeyMetadata.KeyId, Marker: "elsewhere" });
    expect(error?.name).to.equal("InvalidMarkerException");
  });
});
