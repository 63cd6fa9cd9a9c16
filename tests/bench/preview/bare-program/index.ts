import { OrganizationsFeatures } from "@pulumi/aws/iam/index.js";
import { AwsServiceAccess, DelegatedAdministrator } from "@pulumi/aws/organizations/index.js";
import { Assignment, PermissionSet } from "@pulumi/aws-native/sso/index.js";
import { readFileSync } from "node:fs";
import { declared } from "../declared.ts";

const { instanceArn, delegate, permissionSets } = declared.parse(
  JSON.parse(readFileSync(process.env["BARE_PROGRAM"] ?? "", "utf8")),
);

const servicePrincipal = "iam.amazonaws.com";
const trust = new AwsServiceAccess("trust", { servicePrincipal });
const features = new OrganizationsFeatures(
  "features",
  { enabledFeatures: ["RootCredentialsManagement", "RootSessions"] },
  { dependsOn: trust },
);
const delegated = new DelegatedAdministrator(
  "delegate",
  { accountId: delegate, servicePrincipal },
  { dependsOn: features },
);
for (const { name, inlinePolicy, assignments } of permissionSets) {
  const set = new PermissionSet(name, { instanceArn, name, inlinePolicy }, { dependsOn: delegated });
  for (const { principalType, principalId, targetId } of assignments) {
    new Assignment(`${name}-${principalId}`, {
      instanceArn,
      permissionSetArn: set.permissionSetArn,
      principalType,
      principalId,
      targetId,
      targetType: "AWS_ACCOUNT",
    });
  }
}
