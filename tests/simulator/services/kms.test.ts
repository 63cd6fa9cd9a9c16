import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateKeyCommand,
  type CreateKeyCommandInput,
  DeleteAliasCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  ListAliasesCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
  paginateListKeys,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAliasCommand,
} from "@aws-sdk/client-kms";
import { expect } from "chai";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { type AccountName, administrator } from "../clients.ts";
import { refusalOf } from "../refusal.ts";

const { audit, orders } = sandboxAccounts;
const accountRoot = `arn:aws:iam::${audit}:root`;

describe("KMS", () => {
  let sandbox: SandboxOrganization;
  let kms: KMSClient;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization({ propagationMilliseconds: 0 });
    kms = client("audit");
  });

  afterEach(() => sandbox.close());

  const client = (account: AccountName, region?: string): KMSClient =>
    new KMSClient(administrator(sandbox, account, region));
  const create = async (input: CreateKeyCommandInput = {}): Promise<string> =>
    (await kms.send(new CreateKeyCommand(input))).KeyMetadata?.KeyId ?? "";
  const policy = (...statements: object[]): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: statements.map((one) => ({ Resource: "*", ...one })) });
  const ownerMay = { Effect: "Allow", Principal: { AWS: accountRoot }, Action: "kms:*" };

  it("makes a key whose policy leaves the decision to the account", async () => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: "alerts" }));
    const KeyId = KeyMetadata?.KeyId ?? "";
    expect(KeyMetadata).to.deep.include({
      AWSAccountId: audit,
      Arn: `arn:aws:kms:ap-northeast-2:${audit}:key/${KeyId}`,
      Description: "alerts",
      Enabled: true,
      KeyState: "Enabled",
      KeyManager: "CUSTOMER",
      KeySpec: "SYMMETRIC_DEFAULT",
    });
    const { Policy = "" } = await kms.send(new GetKeyPolicyCommand({ KeyId }));
    expect(JSON.parse(Policy)).to.have.nested.property("Statement[0].Principal.AWS", accountRoot);
  });

  it("is found by id, ARN and alias, in its own Region", async () => {
    const KeyId = await create();
    await kms.send(new CreateAliasCommand({ AliasName: "alias/alerts", TargetKeyId: KeyId }));
    const arn = `arn:aws:kms:ap-northeast-2:${audit}`;
    for (const name of [KeyId, `${arn}:key/${KeyId}`, "alias/alerts", `${arn}:alias/alerts`]) {
      expect((await kms.send(new DescribeKeyCommand({ KeyId: name }))).KeyMetadata?.KeyId, name).to.equal(KeyId);
    }
    expect(await refusalOf(client("audit", "us-east-1").send(new DescribeKeyCommand({ KeyId })))).to.include({
      code: "NotFoundException",
      message: `Key 'arn:aws:kms:us-east-1:${audit}:key/${KeyId}' does not exist`,
      status: 400,
    });
    expect(await refusalOf(kms.send(new DescribeKeyCommand({ KeyId: "alias/none" })))).to.include({
      message: `Alias ${arn}:alias/none is not found.`,
    });
    expect(await refusalOf(kms.send(new GetKeyPolicyCommand({ KeyId: "alias/alerts" })))).to.include({
      code: "NotFoundException",
    });
  });

  it("moves, lists and deletes aliases; those of AWS are reserved", async () => {
    const [first, second] = [await create(), await create()];
    const alias = (AliasName: string): Promise<unknown> =>
      kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: first }));
    await alias("alias/alerts");
    expect(await refusalOf(alias("alias/alerts"))).to.include({ code: "AlreadyExistsException" });
    expect(await refusalOf(alias("alerts"))).to.include({ code: "InvalidAliasNameException" });
    expect(await refusalOf(alias("alias/aws/mine"))).to.include({ code: "NotAuthorizedException" });
    await kms.send(new UpdateAliasCommand({ AliasName: "alias/alerts", TargetKeyId: second }));
    const { Aliases } = await kms.send(new ListAliasesCommand({ KeyId: second }));
    expect(Aliases?.map(({ AliasName, TargetKeyId }) => [AliasName, TargetKeyId])).to.deep.equal([
      ["alias/alerts", second],
    ]);
    await kms.send(new DeleteAliasCommand({ AliasName: "alias/alerts" }));
    expect((await kms.send(new ListAliasesCommand({}))).Aliases).to.deep.equal([]);
  });

  it("is bound by its policy: an administrator whom it does not name is denied", async () => {
    const KeyId = await create();
    const only = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${orders}:root` }, Action: "kms:*" };
    const put = (Policy: string, bypass = false): Promise<unknown> =>
      kms.send(new PutKeyPolicyCommand({ KeyId, Policy, BypassPolicyLockoutSafetyCheck: bypass }));
    expect(await refusalOf(put(policy(only)))).to.include({
      code: "MalformedPolicyDocumentException",
      message: "The new key policy will not allow you to update the key policy in the future.",
    });
    expect(await refusalOf(create({ Policy: policy(only) }))).to.include({ code: "MalformedPolicyDocumentException" });
    await put(policy(only), true);
    const arn = `arn:aws:kms:ap-northeast-2:${audit}:key/${KeyId}`;
    expect(await refusalOf(kms.send(new DescribeKeyCommand({ KeyId })))).to.include({
      code: "AccessDeniedException",
      message: `User: arn:aws:iam::${audit}:user/administrator is not authorized to perform: kms:DescribeKey on resource: ${arn} because no resource-based policy allows the kms:DescribeKey action`,
      status: 400,
    });
    expect((await client("orders").send(new DescribeKeyCommand({ KeyId: arn }))).KeyMetadata?.KeyId).to.equal(KeyId);
  });

  it("refuses what is no policy, and principals that do not exist", async () => {
    const KeyId = await create();
    const ghost = { ...ownerMay, Principal: { AWS: `arn:aws:iam::${audit}:role/ghost` } };
    for (const Policy of ["{", policy({ ...ownerMay, Effect: "Maybe" }), policy(ownerMay, ghost)]) {
      expect(await refusalOf(kms.send(new PutKeyPolicyCommand({ KeyId, Policy })))).to.include({
        code: "MalformedPolicyDocumentException",
      });
    }
    await kms.send(new PutKeyPolicyCommand({ KeyId, Policy: policy(ownerMay) }));
    expect((await kms.send(new GetKeyPolicyCommand({ KeyId }))).Policy).to.equal(policy(ownerMay));
  });

  it("rotates when asked to", async () => {
    const KeyId = await create();
    const status = () => kms.send(new GetKeyRotationStatusCommand({ KeyId }));
    expect(await status()).to.include({ KeyRotationEnabled: false });
    await kms.send(new EnableKeyRotationCommand({ KeyId }));
    expect(await status()).to.include({ KeyRotationEnabled: true, RotationPeriodInDays: 365 });
    await kms.send(new DisableKeyCommand({ KeyId }));
    expect(await refusalOf(kms.send(new DisableKeyRotationCommand({ KeyId })))).to.include({
      code: "DisabledException",
      message: `arn:aws:kms:ap-northeast-2:${audit}:key/${KeyId} is disabled.`,
    });
    expect(await refusalOf(kms.send(new EnableKeyRotationCommand({ KeyId })))).to.include({
      code: "DisabledException",
    });
    expect(await status()).to.include({ KeyRotationEnabled: true });
  });

  it("goes after its waiting time, can be had back until then, and is of no use meanwhile", async () => {
    const KeyId = await create();
    const describe = async () => (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata;
    const schedule = (days: number) => kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: days }));
    expect(await refusalOf(schedule(6))).to.include({ code: "ValidationException" });
    await schedule(7);
    expect(await describe()).to.include({ KeyState: "PendingDeletion", Enabled: false });
    expect(await refusalOf(kms.send(new DisableKeyCommand({ KeyId })))).to.include({
      code: "KMSInvalidStateException",
      message: `arn:aws:kms:ap-northeast-2:${audit}:key/${KeyId} is pending deletion.`,
    });
    await kms.send(new CancelKeyDeletionCommand({ KeyId }));
    expect(await describe()).to.include({ KeyState: "Disabled" });
    await schedule(7);
    const week = 7 * 24 * 60 * 60 * 1000;
    sandbox.clock.advance(week);
    kms = new KMSClient({ ...administrator(sandbox, "audit"), systemClockOffset: week });
    expect(await refusalOf(describe())).to.include({ code: "NotFoundException" });
    expect((await kms.send(new ListKeysCommand({}))).Keys).to.deep.equal([]);
  });

  it("carries tags, and is listed in pages", async () => {
    const KeyId = await create({ Tags: [{ TagKey: "team", TagValue: "security" }] });
    await kms.send(new TagResourceCommand({ KeyId, Tags: [{ TagKey: "stage", TagValue: "dev" }] }));
    await kms.send(new UntagResourceCommand({ KeyId, TagKeys: ["team"] }));
    expect((await kms.send(new ListResourceTagsCommand({ KeyId }))).Tags).to.deep.equal([
      { TagKey: "stage", TagValue: "dev" },
    ]);
    const made = [KeyId, await create(), await create()];
    const listed: (string | undefined)[] = [];
    for await (const { Keys = [] } of paginateListKeys({ client: kms, pageSize: 2 }, {})) {
      listed.push(...Keys.map((key) => key.KeyId));
    }
    expect(listed).to.have.members(made);
  });

  it("refuses other kinds of keys, and encrypting, by name", async () => {
    expect(await refusalOf(create({ KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" }))).to.include({ status: 501 });
    const encrypt = kms.send(new EncryptCommand({ KeyId: await create(), Plaintext: Buffer.from("x") }));
    expect(await refusalOf(encrypt)).to.include({
      status: 501,
      message: "kms:Encrypt is not modelled by the sandbox organization.",
    });
  });
});
