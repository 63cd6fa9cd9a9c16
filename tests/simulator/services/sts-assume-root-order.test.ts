import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from "@aws-sdk/client-iam";
import { AssumeRootCommand, type AssumeRootRequest, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { taskPolicyArn } from "#iam";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { administrator, as, type ClientSettings } from "../clients.ts";
import { type Refusal, refusalOf } from "../refusal.ts";
import { enableRootAccess } from "../root-session.ts";

const { management, orders } = sandboxAccounts;

/** One thing that is wrong with a call of AssumeRoot: with its request, its caller or the organization. */
interface Wrong {
  readonly name: string;
  readonly request?: Partial<AssumeRootRequest>;
  readonly caller?: (sandbox: SandboxOrganization) => ClientSettings | Promise<ClientSettings>;
  readonly organization?: (sandbox: SandboxOrganization) => void;
  /** The message; `CALLER` and `TARGET` stand for whoever calls and whatever is named. */
  readonly message: string;
}

const denied = "User: CALLER is not authorized to perform: sts:AssumeRoot on resource: arn:aws:iam::TARGET:root";

/** In the order in which AWS looks; the endpoint, which comes first of all, is in pipeline/signature.test.ts. */
const wrongs: readonly (readonly Wrong[])[] = [
  [
    {
      name: "a duration of 901 seconds",
      request: { DurationSeconds: 901 },
      message:
        "1 validation error detected: Value '901' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 900",
    },
    {
      name: "a task policy without an ARN of length",
      request: { TaskPolicyArn: { arn: "arn:aws:iam" } },
      message:
        "1 validation error detected: Value 'arn:aws:iam' at 'taskPolicyArn.arn' failed to satisfy constraint: Member must have length greater than or equal to 20",
    },
  ],
  [
    {
      name: "a user's ARN as target",
      request: { TargetPrincipal: `arn:aws:iam::${orders}:user/dana` },
      message: "Request must contain a valid target principal",
    },
  ],
  [
    {
      name: "a policy that is no task policy",
      request: { TaskPolicyArn: { arn: "arn:aws:iam::aws:policy/AdministratorAccess" } },
      message: "Request must contain valid AWS managed task policy ARN",
    },
  ],
  [
    {
      name: "the management account as target",
      request: { TargetPrincipal: management },
      message: denied,
    },
    {
      name: "a caller in a member account",
      caller: (sandbox) => administrator(sandbox, "payments"),
      message: denied,
    },
    {
      name: "a caller without the permission",
      caller: userWithoutPolicies,
      message: denied,
    },
  ],
  [
    {
      name: "trusted access that is off",
      organization: ({ state }) => state.organization.trustedServices.delete("iam.amazonaws.com"),
      message: "Service not enabled for AWS Organizations.",
    },
  ],
  [
    {
      name: "features that are off",
      organization: ({ state }) => {
        state.organization.rootFeatures.clear();
      },
      message: "Root sessions feature is not enabled for your AWS Organization.",
    },
  ],
];

describe("sts:AssumeRoot: which of two wrongs is told", () => {
  let sandbox: SandboxOrganization;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization();
    await enableRootAccess(sandbox);
  });

  afterEach(() => sandbox.close());

  async function refusalFor(...together: readonly Wrong[]): Promise<Refusal & { expected: (wrong: Wrong) => string }> {
    const valid = { TargetPrincipal: orders, TaskPolicyArn: { arn: taskPolicyArn("S3UnlockBucketPolicy") } };
    const request = Object.assign({}, valid, ...together.map((wrong) => wrong.request)) as AssumeRootRequest;
    const caller = together.find((wrong) => wrong.caller)?.caller;
    const settings = caller ? await caller(sandbox) : administrator(sandbox, "management");
    for (const { organization } of together) organization?.(sandbox);
    const refusal = await refusalOf(new STSClient(settings).send(new AssumeRootCommand(request)));
    const callerArn = arnOf(sandbox, settings);
    const expected = ({ message }: Wrong): string =>
      message.replace("CALLER", callerArn).replace("TARGET", request.TargetPrincipal ?? "");
    return { ...refusal, expected };
  }

  for (const [step, group] of wrongs.entries()) {
    for (const first of group) {
      it(`section 1: ${first.name} is refused, whatever comes after it`, async () => {
        const isParameter = step < 3;
        const answer = { code: isParameter ? "ValidationError" : "AccessDenied", status: isParameter ? 400 : 403 };
        const alone = await refusalFor(first);
        expect(alone).to.include({ ...answer, message: alone.expected(first) });
        for (const second of wrongs.slice(step + 1).flat()) {
          if (excludeEachOther(first, second)) continue;
          const both = await refusalFor(first, second);
          expect(both, `with ${second.name}`).to.include({ ...answer, message: both.expected(first) });
        }
      });
    }
  }
});

/** Two wrongs that are about one and the same part of the call. */
function excludeEachOther(one: Wrong, other: Wrong): boolean {
  const parts = Object.keys(one.request ?? {});
  return parts.some((part) => Object.hasOwn(other.request ?? {}, part)) || !!(one.caller && other.caller);
}

async function userWithoutPolicies(sandbox: SandboxOrganization): Promise<ClientSettings> {
  const settings = administrator(sandbox, "management");
  const iam = new IAMClient(settings);
  const UserName = `idle-${sandbox.state.credentials.size}`;
  await iam.send(new CreateUserCommand({ UserName }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "" } = AccessKey ?? {};
  return as(settings, { accessKeyId, secretAccessKey });
}

function arnOf({ state }: SandboxOrganization, { credentials }: ClientSettings): string {
  const known = state.credentials.get(credentials.accessKeyId);
  if (known?.kind !== "long-term key") return expect.fail("The caller has a long-term key.");
  return state.iam.get(known.accountId)?.users.get(known.userName ?? "")?.arn ?? expect.fail("The caller is a user.");
}
