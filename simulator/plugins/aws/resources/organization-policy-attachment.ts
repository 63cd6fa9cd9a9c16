import {
  AttachPolicyCommand,
  DetachPolicyCommand,
  type OrganizationsClient,
  paginateListTargetsForPolicy,
} from "@aws-sdk/client-organizations";
import { z } from "zod";
import { failedWith } from "../../session/aws-call-failed.ts";
import { describing } from "../describing.ts";
import { resourceType } from "../resource-type.ts";
import { retryWhile, waits } from "../waiting.ts";
import { isFinalizing } from "./organization-policy.ts";

/** A policy on a root, an organizational unit or an account. One that is there already, attached by others, fails. */
export const organizationPolicyAttachment = resourceType({
  token: "aws:organizations/policyAttachment:PolicyAttachment",
  inputs: z.object({ policyId: z.string(), targetId: z.string(), skipDestroy: z.boolean().optional() }),
  replacedOn: ["policyId", "targetId"],
  localInputs: ["skipDestroy"],
  outputs: [],

  create: ({ policyId, targetId }, { clients, signal }) =>
    describing(`creating Organizations Policy Attachment (${targetId}:${policyId})`, async () => {
      const command = new AttachPolicyCommand({ PolicyId: policyId, TargetId: targetId });
      await retryWhile(isFinalizing, waits.organizationFinalizes, signal, () => clients.organizations.send(command));
      return { id: `${targetId}:${policyId}` };
    }),

  read: (id, _state, { clients }) =>
    describing(`reading Organizations Policy Attachment (${id})`, async () => {
      const { targetId, policyId } = parseId(id);
      return (await isAttached(clients.organizations, policyId, targetId)) ? { policyId, targetId } : undefined;
    }),

  delete: async (id, { skipDestroy }, { clients }) => {
    if (skipDestroy) return;
    await describing(`deleting Organizations Policy Attachment (${id})`, async () => {
      const { targetId, policyId } = parseId(id);
      try {
        await clients.organizations.send(new DetachPolicyCommand({ PolicyId: policyId, TargetId: targetId }));
      } catch (error) {
        if (!failedWith(error, "PolicyNotAttachedException", ...endsAttachment)) throw error;
      }
    });
  },
});

/** With the policy or the target goes what was between them. */
const endsAttachment = ["PolicyNotFoundException", "TargetNotFoundException"];

function parseId(id: string): { targetId: string; policyId: string } {
  const [targetId, policyId, ...more] = id.split(":");
  if (targetId && policyId && more.length === 0) return { targetId, policyId };
  throw new Error(`expected ID in format of TARGETID:POLICYID, received: ${id}`);
}

async function isAttached(client: OrganizationsClient, policyId: string, targetId: string): Promise<boolean> {
  try {
    for await (const page of paginateListTargetsForPolicy({ client }, { PolicyId: policyId })) {
      if (page.Targets?.some((target) => target.TargetId === targetId)) return true;
    }
    return false;
  } catch (error) {
    if (failedWith(error, ...endsAttachment, "AWSOrganizationsNotInUseException")) return false;
    throw error;
  }
}
