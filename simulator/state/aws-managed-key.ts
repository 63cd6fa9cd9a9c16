import { randomUUID } from "node:crypto";
import type { AccountId } from "#iam";
import type { KeyAlias, KmsKey } from "./kms.ts";

/**
 * The key that AWS makes for a service in an account and Region. Its policy lets the account's principals use it through
 * the service, and nobody else: not a service principal that speaks for no account (docs/aws-behaviour.md, section 9).
 */
export function awsManagedKey(
  service: string,
  { accountId, region }: { readonly accountId: AccountId; readonly region: string },
  aliasArn: string,
  now: Date,
): { readonly key: KmsKey; readonly alias: KeyAlias } {
  const id = randomUUID();
  const arn = `arn:aws:kms:${region}:${accountId}:key/${id}`;
  const key: KmsKey = {
    id,
    arn,
    accountId,
    region,
    created: now,
    manager: "AWS",
    description: `Default key that protects my ${service.toUpperCase()} data when no other key is defined`,
    policy: JSON.stringify(policyFor(service, accountId, region)),
    enabled: true,
    deletion: undefined,
    rotation: { days: 365, since: now },
    tags: new Map(),
  };
  return { key, alias: { name: `alias/aws/${service}`, arn: aliasArn, keyArn: arn, created: now, updated: now } };
}

function policyFor(service: string, accountId: string, region: string): object {
  return {
    Version: "2012-10-17",
    Id: `auto-${service}-1`,
    Statement: [
      {
        Sid: `Allow access through ${service.toUpperCase()} for all principals in the account`,
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*", "kms:CreateGrant", "kms:DescribeKey"],
        Resource: "*",
        Condition: {
          StringEquals: { "kms:ViaService": `${service}.${region}.amazonaws.com`, "kms:CallerAccount": accountId },
        },
      },
      {
        Sid: "Allow direct access to key metadata to the account",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: ["kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant"],
        Resource: "*",
      },
    ],
  };
}
