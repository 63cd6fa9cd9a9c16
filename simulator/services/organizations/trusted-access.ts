import type {
  DisableAWSServiceAccessRequest,
  EnableAWSServiceAccessRequest,
  ListAWSServiceAccessForOrganizationRequest,
  ListAWSServiceAccessForOrganizationResponse,
} from "@aws-sdk/client-organizations";
import type { Decoded, Operation, Requirement } from "../service.ts";
import { constraintViolation } from "./faults.ts";
import { listPage } from "./list-page.ts";
import { checkServicePrincipal } from "./service-principals.ts";
import { checkIsManagementAccount, checkMayRead } from "./who-may-call.ts";

/** Enabling twice changes nothing, the date included. */
export const enableAWSServiceAccess: Operation<Decoded<EnableAWSServiceAccessRequest>, object> = {
  requires,
  perform: ({ ServicePrincipal }, call) => {
    checkIsManagementAccount(call);
    checkServicePrincipal(ServicePrincipal);
    const { trustedServices } = call.state.organization;
    if (!trustedServices.has(ServicePrincipal)) trustedServices.set(ServicePrincipal, call.clock.now());
    return {};
  },
};

/** Refused while a delegated administrator of the service exists (docs/aws-behaviour.md, section 3). */
export const disableAWSServiceAccess: Operation<Decoded<DisableAWSServiceAccessRequest>, object> = {
  requires,
  perform: ({ ServicePrincipal }, call) => {
    checkIsManagementAccount(call);
    checkServicePrincipal(ServicePrincipal);
    const { delegatedAdministrators, trustedServices } = call.state.organization;
    if ((delegatedAdministrators.get(ServicePrincipal)?.size ?? 0) > 0) {
      throw constraintViolation(
        "DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE",
        `You cannot disable service access for ${ServicePrincipal} while it has a delegated administrator. Deregister the delegated administrator first.`,
      );
    }
    trustedServices.delete(ServicePrincipal);
    return {};
  },
};

export const listAWSServiceAccessForOrganization: Operation<
  ListAWSServiceAccessForOrganizationRequest,
  ListAWSServiceAccessForOrganizationResponse
> = {
  perform: (input, call) => {
    checkMayRead(call);
    const page = listPage([...call.state.organization.trustedServices], input, call);
    const principals = page.items.map(([ServicePrincipal, DateEnabled]) => ({ ServicePrincipal, DateEnabled }));
    return { EnabledServicePrincipals: principals, ...page.more };
  },
};

function requires({ ServicePrincipal }: { readonly ServicePrincipal: string }): readonly Requirement[] {
  return [{ resource: "*", context: { "organizations:ServicePrincipal": ServicePrincipal } }];
}
