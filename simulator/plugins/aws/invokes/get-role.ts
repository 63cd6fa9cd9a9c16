import { GetRoleCommand, type Role } from "@aws-sdk/client-iam";
import { z } from "zod";
import type { PropertyBag } from "../../protocol/property-bag.ts";
import { failedWith } from "../../session/aws-call-failed.ts";
import { describing } from "../describing.ts";
import { timestamp } from "../timestamp.ts";
import { dataSource } from "./data-source.ts";

/** An IAM role by name. */
export const getRole = dataSource({
  token: "aws:iam/getRole:getRole",
  args: z.strictObject({ name: z.string() }),
  read: ({ name }, { clients: { iam } }) =>
    describing(`reading IAM Role (${name})`, async () => {
      try {
        const { Role: role } = await iam.send(new GetRoleCommand({ RoleName: name }));
        return roleProperties(name, role);
      } catch (error) {
        if (failedWith(error, "NoSuchEntityException", "NoSuchEntity"))
          throw new Error("couldn't find resource", { cause: error });
        throw error;
      }
    }),
});

function roleProperties(name: string, role: Role | undefined): PropertyBag {
  const lastUsed = role?.RoleLastUsed?.LastUsedDate;
  return {
    id: name,
    name: role?.RoleName ?? "",
    arn: role?.Arn ?? "",
    assumeRolePolicy: decodeURIComponent(role?.AssumeRolePolicyDocument ?? ""),
    createDate: timestamp(role?.CreateDate),
    description: role?.Description ?? "",
    maxSessionDuration: role?.MaxSessionDuration ?? 0,
    path: role?.Path ?? "",
    permissionsBoundary: role?.PermissionsBoundary?.PermissionsBoundaryArn ?? "",
    roleLastUseds: lastUsed ? [{ lastUsedDate: timestamp(lastUsed), region: role.RoleLastUsed?.Region ?? "" }] : [],
    tags: Object.fromEntries((role?.Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value])),
    uniqueId: role?.RoleId ?? "",
  };
}
