import type { IAMClient } from "@aws-sdk/client-iam";
import { featureFor, type TaskName } from "#iam";
import { endedBy } from "../aws/aws-clients.ts";
import { awsErrorCode, callAws } from "../aws/aws-failure.ts";
import { type Finding, type Look, needing } from "./check.ts";

/** Whether the organization has the feature enabled that a task needs (docs/aws-behaviour.md, sections 1 and 3). */
export function featuresCheck(client: IAMClient, task: TaskName): Look {
  const feature = featureFor(task);
  const what = feature === "RootSessions" ? "Root sessions are" : "Root credentials management is";
  return {
    about: "root access features",
    look: async (signal) => {
      const { ListOrganizationsFeaturesCommand } = await import("@aws-sdk/client-iam");
      try {
        const { EnabledFeatures = [] } = await needing("iam:ListOrganizationsFeatures", () =>
          callAws({ doing: "list the root access features" }, () =>
            client.send(new ListOrganizationsFeaturesCommand({}), endedBy(signal)),
          ),
        );
        if (EnabledFeatures.includes(feature)) return { state: "holds", because: `${feature} is enabled` };
        return off(`${what} not enabled in the organization.`);
      } catch (error) {
        if (awsErrorCode(error) !== "ServiceAccessNotEnabledException") throw error;
        return off("Trusted access for iam.amazonaws.com is not enabled in the organization.");
      }
    },
  };
}

function off(what: string): Finding {
  const next = "Enable it in the management account: pulumi up of the organization stack does.";
  return { state: "does not hold", what, next };
}
