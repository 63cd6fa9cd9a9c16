import { runtime } from "@pulumi/pulumi";
import type * as organizationStack from "../index.ts";
import { type InvokeAnswers, type Recording, recordProgram, settled } from "./components/provider-mocks.ts";

export const groupId = "9067642ac7-5f0e1c1a-6a3b-4c7d-8f7e-0123456789ab";

type Outputs = (typeof organizationStack)["default"];

export interface Run {
  readonly recording: Recording;
  readonly outputs: Outputs;
  readonly failure: Error | undefined;
}

/** What the mocked AWS and engine are like; everything else as in the sandbox. */
export interface Situation {
  readonly preview?: boolean;
  readonly caller?: string;
  /** The account of aws-native's credentials, where they are not the caller's. */
  readonly nativeAccount?: string;
  readonly nativeFailure?: string;
  /** Users that a list shows; without them the caller may not list. */
  readonly listed?: readonly string[];
  readonly organizationFailure?: string;
  readonly delegates?: readonly string[];
  readonly trustedServices?: readonly string[];
  /** The resources in the stack's state, by URN. */
  readonly inState?: Readonly<Record<string, unknown>>;
  /** Id of the account that has a service control policy against sts:AssumeRoot. */
  readonly denyAssumeRootIn?: string;
  /** What is said in place of an account's Regions. */
  readonly regionsFailure?: string;
  /** The engine does not tell what the stack's state holds. */
  readonly engineIsSilent?: boolean;
}

let runs = 0;

/** Runs the program anew, as the engine does, under mocks. */
export async function runStack(config: Record<string, string>, situation: Situation = {}): Promise<Run> {
  const { preview = false } = situation;
  const recording = await recordProgram({ preview, answers: sandboxAnswers(situation) });
  runtime.setAllConfig(config);
  // A query makes it another module, so that the program runs again.
  const program = new URL(`../index.ts?run=${runs++}`, import.meta.url).href;
  const [loaded] = await Promise.allSettled([import(program) as Promise<typeof organizationStack>]);
  await settled();
  const failure = loaded.status === "rejected" ? (loaded.reason as Error) : undefined;
  const outputs = loaded.status === "fulfilled" ? loaded.value.default : ({} as Outputs);
  return { recording, outputs, failure };
}

const unitsBelow: Readonly<Record<string, readonly { id: string; name: string }[]>> = {
  "r-sbox": [
    { id: "ou-sbox-security", name: "Security" },
    { id: "ou-sbox-workload", name: "Workloads" },
  ],
  "ou-sbox-workload": [{ id: "ou-sbox-korea", name: "한국".normalize("NFD") }],
};

function policyText(effect: string, action: string): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: effect, Action: action, Resource: "*" }] });
}

function sandboxAnswers({
  caller = "111111111111",
  nativeAccount = caller,
  nativeFailure,
  listed,
  organizationFailure,
  delegates = [],
  trustedServices = [],
  inState = {},
  denyAssumeRootIn,
  regionsFailure,
  engineIsSilent = false,
}: Situation): InvokeAnswers {
  return (token, inputs) => {
    switch (token) {
      case "aws:index/getCallerIdentity:getCallerIdentity":
        return { accountId: caller, arn: `arn:aws:iam::${caller}:user/platform` };
      case "aws-native:index:getAccountId":
        if (nativeFailure !== undefined) throw new Error(nativeFailure);
        return { accountId: nativeAccount };
      case "aws:organizations/getOrganization:getOrganization":
        if (organizationFailure !== undefined) throw new Error(organizationFailure);
        return {
          id: "o-sandbox1234",
          masterAccountId: "111111111111",
          featureSet: "ALL",
          roots: [{ id: "r-sbox", name: "Root" }],
          awsServiceAccessPrincipals: trustedServices,
          enabledPolicyTypes: ["SERVICE_CONTROL_POLICY"],
          accounts: ["111111111111", "222222222222"].map((id) => ({ id, name: "", state: "ACTIVE" })),
        };
      case "aws:organizations/getOrganizationalUnits:getOrganizationalUnits":
        return { children: unitsBelow[String(inputs["parentId"])] ?? [] };
      case "aws:index/getRegions:getRegions":
        if (regionsFailure !== undefined) throw new Error(regionsFailure);
        return { names: ["eu-west-1", "us-east-1"] };
      case "aws:organizations/getDelegatedAdministrators:getDelegatedAdministrators":
        return { delegatedAdministrators: delegates.map((id) => ({ id })) };
      case "aws:ssoadmin/getInstances:getInstances":
        return { arns: ["arn:aws:sso:::instance/ssoins-1"], identityStoreIds: ["d-1234567890"], region: "us-east-1" };
      case "aws:identitystore/getUser:getUser":
        if (!JSON.stringify(inputs).includes("alice"))
          throw new Error("no Identity Store User found matching criteria");
        return userCalled(/"attributeValue":"([^"]+)"/.exec(JSON.stringify(inputs))?.[1] ?? "");
      case "aws:identitystore/getUsers:getUsers":
        if (listed === undefined) throw new Error("AccessDeniedException: not authorized to perform this operation");
        return { users: listed.map(userCalled) };
      case "aws:identitystore/getGroup:getGroup":
        if (JSON.stringify(inputs).includes("ops")) throw new Error("ResourceNotFoundException: GROUP not found.");
        return { groupId, displayName: "break-glass-admins" };
      case "aws:cloudcontrol/getResource:getResource":
        throw new Error("reading Cloud Control API (AWS::X::Y) Resource (z): couldn't find resource");
      case "aws:kms/getAlias:getAlias":
        throw new Error("reading KMS Alias (alias/root-access-alerts): couldn't find resource");
      case "aws:resourcegroupstaggingapi/getResources:getResources":
        return { resourceTagMappingLists: [] };
      case "aws:organizations/getPolicies:getPolicies":
        return { ids: denyAssumeRootIn === undefined ? [] : ["p-FullAWSAccess", "p-deny"] };
      case "aws:organizations/getPolicy:getPolicy":
        return inputs["policyId"] === "p-deny"
          ? { id: "p-deny", name: "NoRoot", content: policyText("Deny", "sts:AssumeRoot") }
          : { id: "p-FullAWSAccess", name: "FullAWSAccess", content: policyText("Allow", "*") };
      case "aws:organizations/getPoliciesForTarget:getPoliciesForTarget":
        return { ids: ["p-FullAWSAccess", ...(inputs["targetId"] === denyAssumeRootIn ? ["p-deny"] : [])] };
      case "aws:organizations/getOrganizationalUnitChildAccounts:getOrganizationalUnitChildAccounts":
        return { accounts: inputs["parentId"] === "r-sbox" ? [{ id: "222222222222" }] : [] };
      case "pulumi:pulumi:readStackResourceOutputs":
        if (engineIsSilent) throw new Error("unrecognized function name");
        return { name: inputs["stackName"], outputs: inState };
      case "aws:ssoadmin/getPermissionSet:getPermissionSet":
        throw new Error("reading SSO Permission Set: not found");
      default:
        throw new Error(`this program was not expected to ask ${token}`);
    }
  };
}

function userCalled(userName: string): { readonly userId: string; readonly userName: string } {
  return { userId: `${userName}-id`, userName };
}
