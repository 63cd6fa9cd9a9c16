import { DescribeKeyCommand } from "@aws-sdk/client-kms";
import { z } from "zod";
import { describing } from "../describing.ts";
import { findAlias } from "../resources/find-alias.ts";
import { dataSource } from "./data-source.ts";

/** A KMS alias by name, and the key that it stands for. */
export const getAlias = dataSource({
  token: "aws:kms/getAlias:getAlias",
  args: z.strictObject({
    name: z.string().regex(/^alias\/[a-zA-Z0-9/_-]+$/, 'must begin with "alias/"'),
    region: z.string().optional(),
  }),
  read: ({ name, region: asked }, { session, clients }) => {
    const region = asked ?? session.region;
    const kms = clients.kms(region);
    return describing(`reading KMS Alias (${name})`, async () => {
      const found = await findAlias(kms, name);
      if (!found) throw new Error("couldn't find resource");
      const { AliasArn: arn = "", TargetKeyId: KeyId } = found;
      const { KeyMetadata: key } = await kms.send(new DescribeKeyCommand({ KeyId }));
      return { id: arn, arn, name, region, targetKeyArn: key?.Arn ?? "", targetKeyId: key?.KeyId ?? "" };
    });
  },
});
