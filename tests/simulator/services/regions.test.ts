import {
  AccountClient,
  EnableRegionCommand,
  GetAccountInformationCommand,
  GetRegionOptStatusCommand,
  ListRegionsCommand,
  paginateListRegions,
} from "@aws-sdk/client-account";
import { DescribeRegionsCommand, type DescribeRegionsCommandInput, EC2Client } from "@aws-sdk/client-ec2";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from "@aws-sdk/client-iam";
import { EnableAWSServiceAccessCommand, OrganizationsClient } from "@aws-sdk/client-organizations";
import { expect } from "chai";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { administrator, as, type ClientSettings } from "../clients.ts";
import { refusalOf } from "../refusal.ts";

const { management, orders } = sandboxAccounts;

describe("an account's name and Regions", () => {
  let sandbox: SandboxOrganization;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization({ propagationMilliseconds: 60_000 });
  });

  afterEach(() => sandbox.close());

  const describeRegions = async (
    input: DescribeRegionsCommandInput,
    settings: ClientSettings = administrator(sandbox, "management"),
  ): Promise<(string | undefined)[]> => {
    const { Regions = [] } = await new EC2Client(settings).send(new DescribeRegionsCommand(input));
    return Regions.map(({ RegionName, OptInStatus }) => `${RegionName ?? ""} ${OptInStatus ?? ""}`);
  };
  const account = (name: "management" | "orders" = "management"): AccountClient =>
    new AccountClient(administrator(sandbox, name));

  describe("ec2:DescribeRegions", () => {
    it("lists the Regions that are enabled, with their endpoints", async () => {
      const { Regions = [] } = await new EC2Client(administrator(sandbox, "audit")).send(
        new DescribeRegionsCommand({}),
      );
      expect(Regions).to.have.length(17);
      expect(Regions).to.deep.include({
        RegionName: "ap-northeast-2",
        Endpoint: "ec2.ap-northeast-2.amazonaws.com",
        OptInStatus: "opt-in-not-required",
      });
    });

    it("lists the others when asked for all, or by their names", async () => {
      expect(await describeRegions({ AllRegions: true })).to.include("me-south-1 not-opted-in");
      expect(await describeRegions({ RegionNames: ["us-east-1", "eu-south-1"] })).to.deep.equal([
        "eu-south-1 not-opted-in",
        "us-east-1 opt-in-not-required",
      ]);
    });

    it("filters by status, name and endpoint, with wildcards", async () => {
      const Filters = [
        { Name: "opt-in-status", Values: ["opt-in-not-required", "opted-in"] },
        { Name: "region-name", Values: ["eu-west-?", "us-w*"] },
        { Name: "endpoint", Values: ["*1.amazonaws.com"] },
      ];
      expect(await describeRegions({ AllRegions: true, Filters })).to.deep.equal([
        "eu-west-1 opt-in-not-required",
        "us-west-1 opt-in-not-required",
      ]);
    });

    it("refuses unknown filters and Regions, and says what a dry run would have done", async () => {
      expect(await refusalOf(describeRegions({ Filters: [{ Name: "colour", Values: ["red"] }] }))).to.include({
        code: "InvalidParameterValue",
        message: "The filter 'colour' is invalid",
        status: 400,
      });
      expect(await refusalOf(describeRegions({ RegionNames: ["moon-1"] }))).to.include({
        code: "InvalidParameterValue",
        message: "Invalid region: [moon-1]",
      });
      expect(await refusalOf(describeRegions({ DryRun: true }))).to.include({
        code: "DryRunOperation",
        message: "Request would have succeeded, but DryRun flag is set.",
        status: 412,
      });
    });

    it("is denied in EC2's words, in a dry run too", async () => {
      const settings = administrator(sandbox, "orders");
      const iam = new IAMClient(settings);
      await iam.send(new CreateUserCommand({ UserName: "nobody" }));
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "nobody" }));
      const nobody = as(settings, {
        accessKeyId: AccessKey?.AccessKeyId ?? "",
        secretAccessKey: AccessKey?.SecretAccessKey ?? "",
      });
      expect(await refusalOf(describeRegions({ DryRun: true }, nobody))).to.include({
        code: "UnauthorizedOperation",
        message: `You are not authorized to perform this operation. User: arn:aws:iam::${orders}:user/nobody is not authorized to perform: ec2:DescribeRegions because no identity-based policy allows the ec2:DescribeRegions action`,
        status: 403,
      });
      const stranger = as(settings, { accessKeyId: "AKIASTRANGER00000000", secretAccessKey: "x" });
      expect(await refusalOf(describeRegions({}, stranger))).to.include({ code: "AuthFailure", status: 401 });
    });
  });

  describe("account", () => {
    it("says an account's own name", async () => {
      const answer = await account("orders").send(new GetAccountInformationCommand({}));
      expect(answer).to.deep.include({ AccountId: orders, AccountName: "Orders" });
      expect(answer.AccountCreatedDate).to.deep.equal(new Date("2026-01-05T09:00:00Z"));
    });

    it("says another's to the management account alone, with trusted access", async () => {
      const ask = (by: "management" | "orders", AccountId: string): Promise<object> =>
        account(by).send(new GetAccountInformationCommand({ AccountId }));
      expect(await refusalOf(ask("orders", management))).to.include({ code: "AccessDeniedException", status: 403 });
      expect((await refusalOf(ask("management", orders))).message).to.contain("enable trusted access");
      await new OrganizationsClient(administrator(sandbox, "management")).send(
        new EnableAWSServiceAccessCommand({ ServicePrincipal: "account.amazonaws.com" }),
      );
      expect(await ask("management", orders)).to.include({ AccountName: "Orders" });
      expect((await refusalOf(ask("management", management))).message).to.contain("standalone context");
      expect(await refusalOf(ask("management", "999999999999"))).to.include({ code: "AccessDeniedException" });
      expect(await refusalOf(ask("management", "orders"))).to.include({ code: "ValidationException", status: 400 });
    });

    it("says to a stranger what services that speak REST say", async () => {
      const stranger = as(administrator(sandbox, "orders"), {
        accessKeyId: "AKIASTRANGER00000000",
        secretAccessKey: "x",
      });
      const ask = new AccountClient(stranger).send(new GetAccountInformationCommand({}));
      expect(await refusalOf(ask)).to.include({ code: "UnrecognizedClientException", status: 403 });
    });

    it("lists Regions by status, in pages", async () => {
      const { Regions } = await account().send(
        new ListRegionsCommand({ RegionOptStatusContains: ["ENABLED", "ENABLED_BY_DEFAULT"] }),
      );
      expect(Regions).to.have.length(17);
      const pages = paginateListRegions({ client: account(), pageSize: 10 }, {});
      const names: (string | undefined)[] = [];
      for await (const page of pages) names.push(...(page.Regions ?? []).map(({ RegionName }) => RegionName));
      expect(new Set(names).size).to.equal(names.length);
      expect(names).to.have.length(34);
    });

    it("opts in to a Region, which takes its time", async () => {
      const RegionName = "ap-east-1";
      const status = async (): Promise<string | undefined> =>
        (await account("orders").send(new GetRegionOptStatusCommand({ RegionName }))).RegionOptStatus;
      await account("orders").send(new EnableRegionCommand({ RegionName }));
      expect(await status()).to.equal("ENABLING");
      sandbox.clock.advance(60_000);
      expect(await status()).to.equal("ENABLED");
      expect(await describeRegions({}, administrator(sandbox, "orders"))).to.include("ap-east-1 opted-in");
      expect(await describeRegions({})).to.not.include("ap-east-1 opted-in");
      const standard = account("orders").send(new EnableRegionCommand({ RegionName: "us-east-1" }));
      expect(await refusalOf(standard)).to.include({ code: "ValidationException" });
    });
  });
});
