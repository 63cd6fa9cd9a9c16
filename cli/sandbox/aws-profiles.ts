import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sandboxAccounts, type SandboxOrganization } from "#simulator";

/** The two files that AWS SDKs and the AWS CLI read profiles from. */
export interface AwsProfileFiles {
  readonly configFile: string;
  readonly credentialsFile: string;
}

const region = "ap-northeast-2";
const profileAccounts = ["management", "audit", "orders", "payments"] as const;

/**
 * Writes the sandbox's AWS profiles: an administrator in each of four accounts, and `break-glass`, alice's session of
 * the permission set, asked for anew by each command. The default profile has a Region and no credentials, so that a
 * root session's three exported variables work as they stand.
 */
export async function writeAwsProfiles(
  folder: string,
  { administrators, endpoint }: Pick<SandboxOrganization, "administrators" | "endpoint">,
): Promise<AwsProfileFiles> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const files = { configFile: join(folder, "config"), credentialsFile: join(folder, "credentials") };
  const keys = profileAccounts.map((profile) => {
    const key = administrators.find(({ accountId }) => accountId === sandboxAccounts[profile]);
    if (!key) throw new Error(`The sandbox organization has no administrator for the profile ${profile}.`);
    return section(profile, { aws_access_key_id: key.accessKeyId, aws_secret_access_key: key.secretAccessKey });
  });
  const config = [
    section("default", { region }),
    ...profileAccounts.map((profile) => section(`profile ${profile}`, { region })),
    section("profile break-glass", { region, credential_process: credentialProcess(endpoint) }),
  ];
  await writeFile(files.credentialsFile, keys.join("\n"), { mode: 0o600 });
  await writeFile(files.configFile, config.join("\n"), { mode: 0o600 });
  return files;
}

function section(name: string, settings: Readonly<Record<string, string>>): string {
  const lines = Object.entries(settings).map(([key, value]) => `${key} = ${value}\n`);
  return `[${name}]\n${lines.join("")}`;
}

function credentialProcess(endpoint: string): string {
  const program = join(import.meta.dirname, "credential-process.mjs");
  return `"${process.execPath}" "${program}" ${endpoint}`;
}
