import { GetResourceCommand } from "@aws-sdk/client-cloudcontrol";
import { z } from "zod";
import { failedWith } from "../../session/aws-call-failed.ts";
import { describing } from "../describing.ts";
import { dataSource } from "./data-source.ts";

const threeParts = /[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}/;

/** What Cloud Control knows of one resource, of any type: the way to what has no function of its own. */
export const getResource = dataSource({
  token: "aws:cloudcontrol/getResource:getResource",
  args: z.strictObject({
    typeName: z.string().regex(threeParts, "must be three alphanumeric sections separated by double colons (::)"),
    identifier: z.string(),
    region: z.string().optional(),
  }),
  read: ({ typeName, identifier, region: asked }, { session, clients }) =>
    describing(`reading Cloud Control API (${typeName}) Resource (${identifier})`, async () => {
      const region = asked ?? session.region;
      const command = new GetResourceCommand({ TypeName: typeName, Identifier: identifier });
      try {
        const { ResourceDescription: found } = await clients.cloudControl(region).send(command);
        const id = found?.Identifier ?? "";
        return { id, identifier, typeName, region, properties: found?.Properties ?? "" };
      } catch (error) {
        // Upstream also takes handlers that word it themselves for "there is none".
        const isAbsent = error instanceof Error && error.message.includes("not found");
        if (isAbsent || failedWith(error, "ResourceNotFoundException"))
          throw new Error("couldn't find resource", { cause: error });
        throw error;
      }
    }),
});
