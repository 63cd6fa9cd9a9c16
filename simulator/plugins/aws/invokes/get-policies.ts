import {
  DescribePolicyCommand,
  paginateListPolicies,
  paginateListPoliciesForTarget,
  type PolicySummary,
  PolicyType,
} from "@aws-sdk/client-organizations";
import { z } from "zod";
import { describing } from "../describing.ts";
import { dataSource } from "./data-source.ts";

const filter = z.enum(PolicyType);

/** The ids of an organization's policies of one type. */
export const getPolicies = dataSource({
  token: "aws:organizations/getPolicies:getPolicies",
  args: z.strictObject({ filter }),
  read: (args, { clients: { organizations: client } }) =>
    describing(`listing Organizations Policies (${args.filter})`, async () => {
      const found = await collect(paginateListPolicies({ client }, { Filter: args.filter }));
      return { id: args.filter, filter: args.filter, ids: found };
    }),
});

/** The ids of the policies of one type that are attached to a root, an organizational unit or an account itself. */
export const getPoliciesForTarget = dataSource({
  token: "aws:organizations/getPoliciesForTarget:getPoliciesForTarget",
  args: z.strictObject({ filter, targetId: z.string() }),
  read: ({ filter: type, targetId }, { clients: { organizations: client } }) =>
    describing(`listing Organizations Policies (${type}) for target (${targetId})`, async () => {
      const pages = paginateListPoliciesForTarget({ client }, { Filter: type, TargetId: targetId });
      return { id: targetId, filter: type, targetId, ids: await collect(pages) };
    }),
});

/** A policy of the organization, with its content. */
export const getPolicy = dataSource({
  token: "aws:organizations/getPolicy:getPolicy",
  args: z.strictObject({ policyId: z.string() }),
  read: ({ policyId }, { clients: { organizations } }) =>
    describing(`reading Organizations Policy (${policyId})`, async () => {
      const { Policy: policy } = await organizations.send(new DescribePolicyCommand({ PolicyId: policyId }));
      const summary = policy?.PolicySummary;
      return {
        id: summary?.Id ?? "",
        policyId,
        arn: summary?.Arn ?? "",
        awsManaged: summary?.AwsManaged ?? false,
        content: policy?.Content ?? "",
        description: summary?.Description ?? "",
        name: summary?.Name ?? "",
        type: summary?.Type ?? "",
      };
    }),
});

async function collect(pages: AsyncIterable<{ readonly Policies?: PolicySummary[] | undefined }>): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of pages) ids.push(...(page.Policies ?? []).map(({ Id = "" }) => Id));
  return ids;
}
