/**
 * What the audit is measured against: each member account's root credentials by five SDK calls, one after the other, ten
 * accounts at once. Works as the profile `break-glass`, like it.
 */
import {
  GetAccountSummaryCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListMFADevicesCommand,
  ListSigningCertificatesCommand,
} from "@aws-sdk/client-iam";
import {
  ListAccountsForParentCommand,
  ListOrganizationalUnitsForParentCommand,
  ListRootsCommand,
  OrganizationsClient,
} from "@aws-sdk/client-organizations";
import { AssumeRootCommand, STSClient } from "@aws-sdk/client-sts";
import { fromIni } from "@aws-sdk/credential-providers";
import { NodeHttpHandler } from "@smithy/node-http-handler";

const atOnce = 10;
const region = "ap-northeast-2";
const requestHandler = new NodeHttpHandler({ httpAgent: { keepAlive: true, maxSockets: atOnce } });
const settings = { region, requestHandler, credentials: fromIni({ profile: "break-glass" }) };
const organizations = new OrganizationsClient(settings);
const sts = new STSClient(settings);

const queue = await memberAccounts();
await Promise.all(Array.from({ length: atOnce }, work));
requestHandler.destroy();

async function work(): Promise<void> {
  for (let account = queue.pop(); account !== undefined; account = queue.pop()) await read(account);
}

async function read(TargetPrincipal: string): Promise<void> {
  const arn = "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials";
  const { Credentials } = await sts.send(new AssumeRootCommand({ TargetPrincipal, TaskPolicyArn: { arn } }));
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = Credentials ?? {};
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  const iam = new IAMClient({ region, requestHandler, credentials });
  await iam.send(new GetAccountSummaryCommand({})).catch(passOver);
  await iam.send(new ListAccessKeysCommand({})).catch(passOver);
  await iam.send(new ListMFADevicesCommand({})).catch(passOver);
  await iam.send(new ListSigningCertificatesCommand({})).catch(passOver);
}

/** The account Payments denies its root sessions everything, which is an answer, too. */
function passOver(error: unknown): void {
  if (!(error instanceof Error && error.name === "AccessDenied")) throw error;
}

async function memberAccounts(): Promise<string[]> {
  const { Roots = [] } = await organizations.send(new ListRootsCommand({}));
  const accounts: string[] = [];
  for (const { Id = "" } of Roots) accounts.push(...(await below(Id)));
  return accounts.filter((id) => id !== "111111111111");
}

async function below(ParentId: string): Promise<string[]> {
  const accounts: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await organizations.send(new ListAccountsForParentCommand({ ParentId, NextToken }));
    accounts.push(...(page.Accounts ?? []).flatMap(({ Id, State }) => (Id && State === "ACTIVE" ? [Id] : [])));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  const { OrganizationalUnits = [] } = await organizations.send(
    new ListOrganizationalUnitsForParentCommand({ ParentId }),
  );
  for (const { Id = "" } of OrganizationalUnits) accounts.push(...(await below(Id)));
  return accounts;
}
