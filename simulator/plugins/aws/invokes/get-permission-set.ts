import {
  DescribePermissionSetCommand,
  paginateListPermissionSets,
  paginateListTagsForResource,
  type PermissionSet,
  type SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import { z } from "zod";
import { describing } from "../describing.ts";
import { timestamp } from "../timestamp.ts";
import { dataSource } from "./data-source.ts";

const args = z
  .strictObject({
    instanceArn: z.string(),
    arn: z.string().optional(),
    name: z.string().min(1).max(32).optional(),
    region: z.string().optional(),
  })
  .refine(({ arn, name }) => (arn === undefined) !== (name === undefined), "one of `arn,name` must be specified");

/** A permission set by ARN or by name. By name every set is described in turn until one has it. */
export const getPermissionSet = dataSource({
  token: "aws:ssoadmin/getPermissionSet:getPermissionSet",
  args,
  read: async ({ instanceArn, arn, name, region: asked }, { session, clients }) => {
    const region = asked ?? session.region;
    const client = clients.ssoAdmin(region);
    const found = await describing(`reading SSO Permission Set (${arn ?? name ?? ""})`, () =>
      arn === undefined ? findByName(client, instanceArn, name) : describe(client, instanceArn, arn),
    );
    if (!found) throw new Error("reading SSO Permission Set: not found");
    const setArn = found.PermissionSetArn ?? "";
    return {
      id: setArn,
      arn: setArn,
      createdDate: timestamp(found.CreatedDate),
      description: found.Description ?? "",
      instanceArn,
      name: found.Name ?? "",
      region,
      relayState: found.RelayState ?? "",
      sessionDuration: found.SessionDuration ?? "",
      tags: await tagsOf(client, instanceArn, setArn),
    };
  },
});

async function findByName(
  client: SSOAdminClient,
  instanceArn: string,
  name: string | undefined,
): Promise<PermissionSet | undefined> {
  for await (const page of paginateListPermissionSets({ client }, { InstanceArn: instanceArn })) {
    for (const arn of page.PermissionSets ?? []) {
      const found = await describe(client, instanceArn, arn);
      if (found?.Name === name) return found;
    }
  }
  return undefined;
}

async function describe(client: SSOAdminClient, instanceArn: string, arn: string): Promise<PermissionSet | undefined> {
  const command = new DescribePermissionSetCommand({ InstanceArn: instanceArn, PermissionSetArn: arn });
  return (await client.send(command)).PermissionSet;
}

async function tagsOf(client: SSOAdminClient, instanceArn: string, arn: string): Promise<Record<string, string>> {
  const tags: Record<string, string> = {};
  const request = { InstanceArn: instanceArn, ResourceArn: arn };
  await describing(`listing tags for SSO Permission Set (${arn})`, async () => {
    for await (const page of paginateListTagsForResource({ client }, request)) {
      for (const { Key = "", Value = "" } of page.Tags ?? []) tags[Key] = Value;
    }
  });
  return tags;
}
