import { execFile } from "node:child_process";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { checkout } from "./sandbox.ts";

const run = promisify(execFile);

/** A Pulumi program that uses the packed library as anybody's would. */
export interface FreshProgram {
  readonly language: string;
  /** The name in its Pulumi.yaml. */
  readonly project: string;
  /** Where it lies below the folder that the library is installed in. */
  readonly folderIn: (installation: string) => string;
  readonly writeTo: (installation: string) => Promise<void>;
  readonly isTyped: boolean;
}

/**
 * Installs a tarball with npm, offline: what it depends on is there already, as hard links to this checkout's packages, and
 * npm removes what it does not depend on. So a dependency that the tarball forgets to name is missing here.
 */
export async function installedIn(folder: string, tarball: string): Promise<void> {
  const { dependencies, devDependencies } = manifestSchema.parse(
    JSON.parse(await readFile(join(checkout, "package.json"), "utf8")),
  );
  const versions: Readonly<Record<string, string>> = { ...dependencies, ...devDependencies };
  const own = [
    "@pulumi/pulumi",
    "@pulumi/aws",
    "@pulumi/aws-native",
    "typescript",
    "@types/node",
    "@tsconfig/strictest",
  ];
  const wanted = Object.fromEntries(own.map((name) => [name, versions[name]]));
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "fresh", private: true, dependencies: wanted }));
  await linkPackages(folder);
  // With --legacy-peer-deps npm takes the peers that are there; without, it asks the registry about them once more.
  const offline = ["--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--legacy-peer-deps"];
  await run("npm", ["install", tarball, ...offline], { cwd: folder });
}

const manifestSchema = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
});

async function linkPackages(folder: string): Promise<void> {
  const packages = join(checkout, "node_modules");
  const linked = run("cp", ["-al", packages, folder]);
  // Another file system, or a cp that does not link.
  await linked.catch(() => run("cp", ["-a", packages, folder]));
  // npm writes this one in place: linked, the checkout's own would tell afterwards what is installed in the other folder.
  const installed = join(folder, "node_modules", ".package-lock.json");
  await rm(installed);
  await copyFile(join(packages, ".package-lock.json"), installed);
}

const pulumiYaml = (project: string, main: string): string =>
  `name: ${project}\nruntime:\n  name: nodejs\n  options:\n    typescript: false\nmain: ${main}\n`;

/** Whom both programs assign the permission set to. */
export const groupId = "9067642ac7-5f0e1c1a-6a3b-4c7d-8f7e-0123456789ab";

/** What both programs do after their imports. */
const body = `
const { arns: [instanceArn] } = await getInstances();
const accountId = parseAccountId("222222222222");
if (instanceArn === undefined || accountId === undefined) throw new Error("no instance");

const access = new CentralRootAccess("access", { delegatedAdministrator: accountId, delegateIsRegistered: false });
const unlock = new BreakGlassPermissionSet(
  "unlock",
  {
    instanceArn,
    permissionSetName: "Unlock",
    policy: breakGlassPolicy({ tasks: ["S3UnlockBucketPolicy"], accountListing: "none" }),
    transform: { permissionSet: (args) => ({ ...args, tags: [{ key: "owner", value: "platform" }] }) },
  },
  { dependsOn: access },
);
new BreakGlassAssignments("unlock", {
  instanceArn,
  permissionSetArn: unlock.arn,
  assignments: [{ accountId, principal: { type: "GROUP", id: "${groupId}" } }],
});
const onCall = new Role("on-call", { assumeRolePolicy: "{}" });
const role = new BreakGlassRole("role", { accountId, trustedPrincipals: [onCall.arn] });
new RootSessionGuardrail("openers", { accountId, permissionSetNames: [unlock.name], principalArns: [role.arn] });
new RootUserGuardrail("guardrail", { targetIds: ["ou-ab12-cdefghij"], transform: { policy: (args) => ({ ...args, tags: { owner: "platform" } }) } });
`;

/** An ES module in TypeScript, type-checked at its strictest and run by Node as it is. */
export const typedProgram: FreshProgram = {
  language: "TypeScript",
  project: "fresh-typed",
  isTyped: true,
  folderIn: (installation) => join(installation, "typed"),
  writeTo: (installation) =>
    writeFiles(join(installation, "typed"), {
      "package.json": '{ "type": "module" }',
      "Pulumi.yaml": pulumiYaml("fresh-typed", "index.ts"),
      "tsconfig.json": JSON.stringify({
        extends: "@tsconfig/strictest/tsconfig.json",
        compilerOptions: {
          target: "es2024",
          module: "nodenext",
          types: ["node"],
          noEmit: true,
          skipLibCheck: true,
          allowImportingTsExtensions: true,
        },
        include: ["*.ts"],
      }),
      "index.ts": `
import { Role } from "@pulumi/aws/iam/index.js";
import { getInstances } from "@pulumi/aws/ssoadmin/index.js";
import {
  BreakGlassAssignments, BreakGlassPermissionSet, BreakGlassRole, CentralRootAccess, RootSessionGuardrail, RootUserGuardrail,
} from "aws-break-glass/components";
import { breakGlassPolicy, parseAccountId } from "aws-break-glass/iam";
${body}
export const permissionSetArn = unlock.arn;
`,
      // Compiled, not run: each argument that names what a program may make takes its output.
      "outputs.ts": `
import { User } from "@pulumi/aws/iam/index.js";
import { Group } from "@pulumi/aws/identitystore/index.js";
import { OrganizationalUnit } from "@pulumi/aws/organizations/index.js";
import { Topic } from "@pulumi/aws/sns/index.js";
import {
  BreakGlassAssignments, BreakGlassPermissionSet, BreakGlassRole, GitHubDeploymentRole, RootSessionGuardrail, RootUserGuardrail,
} from "aws-break-glass/components";
import { type AccountId, breakGlassPolicy, platformPolicy } from "aws-break-glass/iam";

export function make(accountId: AccountId, erin: User, group: Group, workloads: OrganizationalUnit, topic: Topic, instanceArn: string): void {
  const policy = topic.arn.apply(() => breakGlassPolicy());
  const unlock = new BreakGlassPermissionSet("it", { instanceArn, description: topic.name, policy });
  const principal = { type: "GROUP", id: group.groupId } as const;
  new BreakGlassAssignments("it", { instanceArn, permissionSetArn: unlock.arn, assignments: [{ accountId, principal }] });
  const role = new BreakGlassRole("it", { accountId, trustedPrincipals: [erin.arn], policy });
  new RootSessionGuardrail("it", { accountId, permissionSetNames: [unlock.name], principalArns: [role.arn, erin.arn] });
  new RootUserGuardrail("it", { targetIds: [workloads.id, "ou-ab12-cdefghij"] });
  new GitHubDeploymentRole("it", {
    repository: "example/organization",
    place: { environment: "organization" },
    policy: role.arn.apply((delegateRoleArn) => platformPolicy({ delegateRoleArn })),
  });
}
`,
      // Compiles only where the declarations are found and say what they should: with "any" in their place nothing is wrong.
      "refused.ts": `
import { BreakGlassPermissionSet, type Transform } from "aws-break-glass/components";
import { type TaskName, taskPolicyArn } from "aws-break-glass/iam";
import { unlock } from "aws-break-glass/root-access";

// @ts-expect-error: the instance is required
new BreakGlassPermissionSet("it", {});
// @ts-expect-error: there is no such task
export const task: TaskName = "DeleteEverything";
// @ts-expect-error: a transform gives back what it got
export const transform: Transform<{ name: string }> = () => 1;
// @ts-expect-error: a target is required
export const unlocked = unlock({});
export const arn: string = taskPolicyArn("S3UnlockBucketPolicy");
`,
    }),
};

/** CommonJS, as many a Pulumi program in JavaScript is. */
export const plainProgram: FreshProgram = {
  language: "plain JavaScript",
  project: "fresh-plain",
  isTyped: false,
  folderIn: (installation) => join(installation, "plain"),
  writeTo: (installation) =>
    writeFiles(join(installation, "plain"), {
      "package.json": '{ "type": "commonjs" }',
      "Pulumi.yaml": pulumiYaml("fresh-plain", "index.js"),
      "index.js": `
const { Role } = require("@pulumi/aws/iam");
const { getInstances } = require("@pulumi/aws/ssoadmin");
const {
  BreakGlassAssignments, BreakGlassPermissionSet, BreakGlassRole, CentralRootAccess, RootSessionGuardrail, RootUserGuardrail,
} = require("aws-break-glass/components");
const { breakGlassPolicy, parseAccountId } = require("aws-break-glass/iam");
module.exports = async () => {${body}  return { permissionSetArn: unlock.arn };
};
`,
    }),
};

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(folder);
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
}
