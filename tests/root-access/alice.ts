import type { SandboxOrganization } from "#simulator";
import type { AwsAccess } from "#root-access";

/** Access as alice, who holds BreakGlassAssumeRoot in the delegated administrator's account of a configured sandbox. */
export async function aliceIn(sandbox: SandboxOrganization): Promise<AwsAccess> {
  const answer = await fetch(`${sandbox.endpoint}/.sandbox/break-glass-credentials`, {
    headers: { "x-sandbox": "break-glass" },
  });
  const text = await answer.text();
  const member = (name: string): string => new RegExp(`"${name}": ?"([^"]+)"`).exec(text)?.[1] ?? "";
  const identity = {
    accessKeyId: member("AccessKeyId"),
    secretAccessKey: member("SecretAccessKey"),
    sessionToken: member("SessionToken"),
  };
  return { region: "ap-northeast-2", label: "alice", credentials: () => Promise.resolve(identity) };
}
