import {
  CreateOpenIDConnectProviderCommand,
  DeleteOpenIDConnectProviderCommand,
  GetOpenIDConnectProviderCommand,
} from "@aws-sdk/client-iam";
import { z } from "zod";
import { failedWith } from "../../session/aws-call-failed.ts";
import { describing } from "../describing.ts";
import * as input from "../inputs.ts";
import { resourceType } from "../resource-type.ts";
import { tagPairs, tagPropertiesOf } from "../tags.ts";

/** An identity provider that IAM trusts, for example GitHub's. AWS knows it by its URL without the scheme. */
export const openIdConnectProvider = resourceType({
  token: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
  inputs: z.object({
    url: z.string(),
    clientIdLists: z.array(z.string()),
    thumbprintLists: z.array(z.string()).optional(),
    tags: input.tags,
  }),
  replacedOn: ["url"],
  computedInputs: ["thumbprintLists"],
  outputs: ["arn"],
  equivalents: { url: (left, right) => withoutScheme(left) === withoutScheme(right) },
  taggable: true,

  create: ({ url, clientIdLists, thumbprintLists, tags }, { clients }) =>
    describing("creating IAM OIDC Provider", async () => {
      const command = new CreateOpenIDConnectProviderCommand({
        Url: url,
        ClientIDList: clientIdLists,
        ThumbprintList: thumbprintLists,
        Tags: tagPairs(tags),
      });
      return { id: (await clients.iam.send(command)).OpenIDConnectProviderArn ?? "" };
    }),

  read: (arn, _state, { clients }) =>
    describing(`reading IAM OIDC Provider (${arn})`, async () => {
      try {
        const command = new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn });
        const found = await clients.iam.send(command);
        return {
          arn,
          url: found.Url ?? "",
          clientIdLists: found.ClientIDList ?? [],
          thumbprintLists: found.ThumbprintList ?? [],
          ...tagPropertiesOf(found.Tags?.map(({ Key, Value }) => ({ Key, Value }))),
        };
      } catch (error) {
        if (failedWith(error, "NoSuchEntity")) return undefined;
        throw error;
      }
    }),

  update: () => {
    throw new Error(
      "The stand-in for the aws plugin makes and removes OIDC providers; it does not model changing one.",
    );
  },

  delete: (arn, _state, { clients }) =>
    describing(`deleting IAM OIDC Provider (${arn})`, async () => {
      await clients.iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }));
    }),
});

function withoutScheme(url: string): string {
  return url.replace(/^https:\/\//, "");
}
