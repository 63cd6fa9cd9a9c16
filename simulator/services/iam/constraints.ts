import type { Constraint, Constraints } from "../constraints.ts";
import { checkParameters } from "../query-refusals.ts";

const tagKey: Constraint = { shortest: 1, longest: 128, pattern: /[\p{L}\p{Z}\p{N}_.:/=+\-@]+/u };
const policyText = { shortest: 1, longest: 131_072 };

/**
 * Members of the same name obey the same rules in every operation of IAM; the rules are AWS's own. What the names of
 * users, roles and policies are made of, IAM checks in words of its own.
 */
const constraints: Constraints = {
  UserName: { shortest: 1, longest: 128 },
  RoleName: { shortest: 1, longest: 64 },
  PolicyName: { shortest: 1, longest: 128 },
  PolicyArn: { shortest: 20, longest: 2048 },
  PolicyDocument: policyText,
  AssumeRolePolicyDocument: policyText,
  AccessKeyId: { shortest: 16, longest: 128, pattern: /[\w]+/ },
  CertificateId: { shortest: 24, longest: 128, pattern: /[\w]+/ },
  SerialNumber: { shortest: 9, longest: 256, pattern: /[\w+=/:,.@-]+/ },
  Url: { shortest: 1, longest: 255 },
  ClientIDList: { shortest: 1, longest: 255, mostItems: 100 },
  ThumbprintList: { shortest: 40, longest: 40, mostItems: 5 },
  OpenIDConnectProviderArn: { shortest: 20, longest: 2048 },
  Password: { shortest: 1, longest: 128 },
  PathPrefix: { shortest: 1, longest: 512, pattern: /\/[!-\u007F]*/ },
  AssignmentStatus: { oneOf: ["Assigned", "Unassigned", "Any"] },
  TagKeys: { ...tagKey, mostItems: 50 },
  Tags: {
    members: {
      Key: { ...tagKey, required: true },
      Value: { longest: 256, pattern: /[\p{L}\p{Z}\p{N}_.:/=+\-@]*/u, required: true },
    },
  },
  Marker: { shortest: 1, longest: 320 },
  MaxItems: { least: 1, most: 1000 },
};

/** @throws AwsFault ValidationError that names the members and what AWS expects of them */
export function checkMembers(input: object): void {
  checkParameters(input, constraints);
}
