import { PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { z } from "zod";
import { describing } from "../describing.ts";
import * as input from "../inputs.ts";
import { type Place, resourceType } from "../resource-type.ts";
import { waits, waitUntil } from "../waiting.ts";
import { deleteInlinePolicies, findInlinePolicy } from "./role-policies.ts";

/** One inline policy of a role. */
export const rolePolicy = resourceType({
  token: "aws:iam/rolePolicy:RolePolicy",
  inputs: z.object({ name: z.string().optional(), policy: input.policy, role: z.string() }),
  replacedOn: ["name", "role"],
  outputs: [],
  policies: ["policy"],
  autoName: { property: "name", maximumLength: 255 },

  create: async ({ role, name = "", policy }, place) => {
    await putPolicy(role, name, policy, place);
    return { id: `${role}:${name}` };
  },

  settle: async (id, _inputs, { clients: { iam }, signal }) => {
    const { role, name } = parseId(id);
    await describing(`waiting for IAM Role Policy (${id}) create`, () =>
      waitUntil(`IAM Role Policy (${id}) to appear`, waits.iamPropagation, signal, () =>
        findInlinePolicy(iam, role, name),
      ),
    );
  },

  read: (id, _state, { clients: { iam } }) =>
    describing(`reading IAM Role Policy (${id})`, async () => {
      const { role, name } = parseId(id);
      const policy = await findInlinePolicy(iam, role, name);
      return policy === undefined ? undefined : { role, name, policy };
    }),

  update: async (id, { new: { policy } }, place) => {
    const { role, name } = parseId(id);
    await putPolicy(role, name, policy, place);
  },

  delete: (id, _state, { clients: { iam } }) =>
    describing(`deleting IAM Role Policy (${id})`, async () => {
      const { role, name } = parseId(id);
      await deleteInlinePolicies(iam, role, [name]);
    }),
});

function parseId(id: string): { role: string; name: string } {
  const [role, ...rest] = id.split(":");
  const name = rest.join(":");
  if (role && name) return { role, name };
  throw new Error("role_policy id must be of the form <role name>:<policy name>");
}

async function putPolicy(role: string, name: string, policy: string, { clients }: Place): Promise<void> {
  await describing(`putting IAM Role (${role}) Policy (${name})`, () =>
    clients.iam.send(new PutRolePolicyCommand({ RoleName: role, PolicyName: name, PolicyDocument: policy })),
  );
}
