import { CreateAliasCommand, DeleteAliasCommand, UpdateAliasCommand } from "@aws-sdk/client-kms";
import { z } from "zod";
import { describing } from "../describing.ts";
import * as input from "../inputs.ts";
import { resourceType } from "../resource-type.ts";
import { retryWhile, waits, waitUntil } from "../waiting.ts";
import { findAlias } from "./find-alias.ts";
import { isNoSuchKey } from "./read-key.ts";

/** A name for a key; it begins with `alias/`, and the stand-in makes up none. */
export const keyAlias = resourceType({
  token: "aws:kms/alias:Alias",
  inputs: z.object({
    name: z.string().regex(/^alias\/[a-zA-Z0-9/_-]+$/, 'must begin with "alias/"'),
    targetKeyId: z.string(),
    region: input.region,
  }),
  replacedOn: ["name", "region"],
  outputs: ["arn", "targetKeyArn"],
  equivalents: { targetKeyId: (left, right) => keyIdOf(left) === keyIdOf(right) },

  create: ({ name, targetKeyId }, { clients, region, signal }) =>
    describing(`creating KMS Alias (${name})`, async () => {
      const command = new CreateAliasCommand({ AliasName: name, TargetKeyId: targetKeyId });
      await retryWhile(isNoSuchKey, waits.key, signal, () => clients.kms(region).send(command));
      return { id: name };
    }),

  settle: async (name, _inputs, { clients, region, signal }) => {
    await waitUntil(`KMS Alias (${name}) to appear`, waits.key, signal, () => findAlias(clients.kms(region), name));
  },

  read: (name, _state, { clients, region }) =>
    describing(`reading KMS Alias (${name})`, async () => {
      const found = await findAlias(clients.kms(region), name);
      if (!found) return undefined;
      const { AliasArn: arn = "", TargetKeyId: targetKeyId = "" } = found;
      return { arn, name, targetKeyId, targetKeyArn: arn.replace(/:alias\/.*$/, `:key/${targetKeyId}`) };
    }),

  update: async (name, { new: { targetKeyId } }, { clients, region }) => {
    const command = new UpdateAliasCommand({ AliasName: name, TargetKeyId: targetKeyId });
    await describing(`updating KMS Alias (${name})`, () => clients.kms(region).send(command));
  },

  delete: (name, _state, { clients, region }) =>
    describing(`deleting KMS Alias (${name})`, async () => {
      try {
        await clients.kms(region).send(new DeleteAliasCommand({ AliasName: name }));
      } catch (error) {
        if (!isNoSuchKey(error)) throw error;
      }
    }),
});

/** A key is named by its id or by its ARN. */
function keyIdOf(key: string): string {
  return key.slice(key.lastIndexOf("/") + 1);
}
