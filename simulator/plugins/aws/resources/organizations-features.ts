import {
  DisableOrganizationsRootCredentialsManagementCommand,
  DisableOrganizationsRootSessionsCommand,
  EnableOrganizationsRootCredentialsManagementCommand,
  EnableOrganizationsRootSessionsCommand,
  type IAMClient,
  ListOrganizationsFeaturesCommand,
} from "@aws-sdk/client-iam";
import { z } from "zod";
import type { PropertyBag } from "../../protocol/property-bag.ts";
import { failedWith } from "../../session/aws-call-failed.ts";
import { describing } from "../describing.ts";
import { resourceType } from "../resource-type.ts";

const feature = z.enum(["RootCredentialsManagement", "RootSessions"]);
type Feature = z.infer<typeof feature>;

/** The features of centralized root access: one call each, so a failure in between leaves one of them on. */
export const organizationsFeatures = resourceType({
  token: "aws:iam/organizationsFeatures:OrganizationsFeatures",
  inputs: z.object({ enabledFeatures: z.array(feature) }),
  replacedOn: [],
  outputs: [],
  sets: ["enabledFeatures"],
  onPluginFramework: true,
  notReadAfterUpdate: true,

  create: ({ enabledFeatures }, { clients: { iam } }) =>
    describing("creating IAM Organizations Features", async () => {
      await enable(iam, enabledFeatures);
      const { OrganizationId = "", EnabledFeatures = [] } = await iam.send(new ListOrganizationsFeaturesCommand());
      return { id: OrganizationId, attributes: { enabledFeatures: EnabledFeatures } };
    }),

  read: (id, _state, { clients: { iam } }) =>
    describing(`reading IAM Organizations Features (${id})`, () => listFeatures(iam)),

  update: (id, { old, new: { enabledFeatures: wanted } }, { clients: { iam } }) =>
    describing(`updating IAM Organizations Features (${id})`, async () => {
      const present = old.enabledFeatures ?? [];
      await enable(iam, without(wanted, present));
      await disable(iam, without(present, wanted));
    }),

  delete: (id, { enabledFeatures = [] }, { clients: { iam } }) =>
    describing(`deleting IAM Organizations Features (${id})`, () => disable(iam, enabledFeatures)),
});

async function listFeatures(iam: IAMClient): Promise<PropertyBag | undefined> {
  try {
    const { EnabledFeatures = [] } = await iam.send(new ListOrganizationsFeaturesCommand());
    // No feature at all counts as gone upstream.
    return EnabledFeatures.length > 0 ? { enabledFeatures: EnabledFeatures } : undefined;
  } catch (error) {
    if (failedWith(error, "OrganizationNotFoundException")) return undefined;
    throw error;
  }
}

async function enable(iam: IAMClient, features: readonly Feature[]): Promise<void> {
  if (features.includes("RootCredentialsManagement")) {
    await iam.send(new EnableOrganizationsRootCredentialsManagementCommand());
  }
  if (features.includes("RootSessions")) await iam.send(new EnableOrganizationsRootSessionsCommand());
}

async function disable(iam: IAMClient, features: readonly Feature[]): Promise<void> {
  if (features.includes("RootCredentialsManagement")) {
    await iam.send(new DisableOrganizationsRootCredentialsManagementCommand());
  }
  if (features.includes("RootSessions")) await iam.send(new DisableOrganizationsRootSessionsCommand());
}

function without(features: readonly Feature[], others: readonly Feature[]): Feature[] {
  return features.filter((name) => !others.includes(name));
}
