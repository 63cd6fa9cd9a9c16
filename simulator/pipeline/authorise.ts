import { accessDeniedMessage, type ApplicablePolicies, type AuthorizationRequest, evaluate } from "#iam";
import { AwsFault } from "../aws-fault.ts";
import { organizationPolicies } from "../organization-policies.ts";
import type { Call, Requirement, Service } from "../services/service.ts";
import { requestContext } from "./request-context.ts";

/**
 * Lets the policies decide: the caller's, the resource's, the session's and the organization's.
 *
 * @throws AwsFault AccessDenied in the service's own words, naming the kind of policy that denied
 */
export function authorise(service: Service, requirement: Requirement, operation: string, call: Call): void {
  const request = authorizationRequest(service, requirement, operation, call);
  const decision = evaluate(request, applicablePolicies(requirement, request, call));
  if (decision.allowed) return;
  if (requirement.refusal) throw requirement.refusal;
  const { code, status, shape, introduction = "", actionText, resourceText } = service.denial;
  const action = actionText(request.action);
  const resource = resourceText(request.resource);
  const principalArn = request.principal.arn;
  const message = requirement.unexplained
    ? `User: ${principalArn} is not authorized to perform: ${action} on resource: ${resource}`
    : accessDeniedMessage(decision, { principalArn, action, resource });
  const sentence = resource === "" ? message.replace(" on resource: ", "") : message;
  throw new AwsFault(code, `${introduction}${sentence}`, {
    status,
    shape,
    headers: requirement.denialHeaders ?? {},
  });
}

function authorizationRequest(
  service: Service,
  requirement: Requirement,
  operation: string,
  call: Call,
): AuthorizationRequest {
  const { principal } = call.caller;
  const resourceAccountId = requirement.resourceAccountId ?? principal.accountId;
  return {
    action: requirement.action ?? `${service.actionPrefix}:${operation}`,
    resource: requirement.resource,
    principal,
    resourceAccountId,
    context: { ...requestContext(call, resourceAccountId), ...requirement.context },
  };
}

function applicablePolicies(
  { resourcePolicy, resourceMustAllow }: Requirement,
  { principal, resourceAccountId }: AuthorizationRequest,
  { caller, state }: Call,
): ApplicablePolicies {
  const serviceControl = organizationPolicies(state.organization, "SERVICE_CONTROL_POLICY", principal.accountId);
  const resourceControl = organizationPolicies(state.organization, "RESOURCE_CONTROL_POLICY", resourceAccountId);
  return {
    identity: caller.identityPolicies,
    ...(caller.sessionPolicies ? { session: caller.sessionPolicies } : {}),
    ...(resourcePolicy ? { resource: resourcePolicy } : {}),
    ...(resourceMustAllow ? { resourceMustAllow } : {}),
    ...(serviceControl ? { serviceControl } : {}),
    ...(resourceControl ? { resourceControl } : {}),
  };
}
