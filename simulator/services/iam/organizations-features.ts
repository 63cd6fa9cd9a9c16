import type { ListOrganizationsFeaturesResponse } from "@aws-sdk/client-iam";
import type { RootFeature } from "#iam";
import { AwsFault } from "../../aws-fault.ts";
import type { OrganizationState } from "../../state/organization.ts";
import type { Call, Operation } from "../service.ts";

/**
 * The features of centralized root access. They take effect at once; disabling twice succeeds. The delegated
 * administrator may list and disable, but not enable (docs/aws-behaviour.md, section 3).
 */
type FeatureOperation = Operation<object, ListOrganizationsFeaturesResponse>;

export const listOrganizationsFeatures: FeatureOperation = {
  perform: (_input, call) => {
    checkOrganization(call);
    return describe(call.state.organization);
  },
};

export const enableOrganizationsRootCredentialsManagement = enable("RootCredentialsManagement");
export const enableOrganizationsRootSessions = enable("RootSessions");
export const disableOrganizationsRootCredentialsManagement = disable("RootCredentialsManagement");
export const disableOrganizationsRootSessions = disable("RootSessions");

function enable(feature: RootFeature): FeatureOperation {
  return {
    perform: (_input, call) => {
      checkOrganization(call);
      checkIsManagementAccount(call);
      call.state.organization.rootFeatures.add(feature);
      return describe(call.state.organization);
    },
  };
}

function disable(feature: RootFeature): FeatureOperation {
  return {
    perform: (_input, call) => {
      checkOrganization(call);
      call.state.organization.rootFeatures.delete(feature);
      return describe(call.state.organization);
    },
  };
}

function describe({ id, rootFeatures }: OrganizationState): ListOrganizationsFeaturesResponse {
  return { OrganizationId: id, EnabledFeatures: [...rootFeatures].sort() };
}

function checkOrganization({ caller, state: { organization } }: Call): void {
  const { delegatedAdministrators, managementAccountId, featureSet, trustedServices } = organization;
  const isDelegate = delegatedAdministrators.get("iam.amazonaws.com")?.has(caller.accountId) ?? false;
  if (caller.accountId !== managementAccountId && !isDelegate) {
    throw new AwsFault(
      "AccountNotManagementOrDelegatedAdministratorException",
      "Input account ID is neither management account nor delegated admin.",
    );
  }
  if (featureSet !== "ALL") {
    throw new AwsFault(
      "OrganizationNotInAllFeaturesModeException",
      "The organization does not have all features enabled.",
    );
  }
  if (!trustedServices.has("iam.amazonaws.com")) {
    throw new AwsFault(
      "ServiceAccessNotEnabledException",
      "Trusted Access for IAM not enabled by organization of input account ID.",
    );
  }
}

/** A root user may not enable the features either; in which words AWS tells it so is not known. */
function checkIsManagementAccount({ caller, state: { organization } }: Call): void {
  if (caller.principal.kind === "root") {
    throw new AwsFault("AccessDenied", "The root user cannot enable IAM features for an organization.", {
      status: 403,
    });
  }
  if (caller.accountId === organization.managementAccountId) return;
  throw new AwsFault(
    "CallerIsNotManagementAccountException",
    "Caller account ID is not management account of the organization and cannot enable IAM features.",
  );
}
