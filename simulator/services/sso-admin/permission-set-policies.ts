import type {
  CustomerManagedPolicyReference,
  AttachManagedPolicyToPermissionSetRequest,
  AttachManagedPolicyToPermissionSetResponse,
  DeleteInlinePolicyFromPermissionSetRequest,
  DeleteInlinePolicyFromPermissionSetResponse,
  DetachManagedPolicyFromPermissionSetRequest,
  DetachManagedPolicyFromPermissionSetResponse,
  GetInlinePolicyForPermissionSetRequest,
  GetInlinePolicyForPermissionSetResponse,
  GetPermissionsBoundaryForPermissionSetRequest,
  GetPermissionsBoundaryForPermissionSetResponse,
  ListCustomerManagedPolicyReferencesInPermissionSetRequest,
  ListCustomerManagedPolicyReferencesInPermissionSetResponse,
  ListManagedPoliciesInPermissionSetRequest,
  ListManagedPoliciesInPermissionSetResponse,
  PutInlinePolicyToPermissionSetRequest,
  PutInlinePolicyToPermissionSetResponse,
} from "@aws-sdk/client-sso-admin";
import { MalformedPolicyError, parsePolicy } from "#iam";
import { AwsFault } from "../../aws-fault.ts";
import { managedPolicy } from "../../managed-policies.ts";
import type { PermissionSet } from "../../state/identity-center.ts";
import { identityCenterPage } from "../identity-center-page.ts";
import { validationException } from "../json-refusals.ts";
import type { Decoded } from "../service.ts";
import { conflict } from "./faults.ts";
import { checkNoWriteButRemovals, checkNoWriteInProgress, onPermissionSet } from "./scope.ts";

/** White space does not count (docs/aws-behaviour.md, section 4). */
const largestInlinePolicyBytes = 10_240;
const mostManagedPolicies = 20;

export const putInlinePolicyToPermissionSet = onPermissionSet<
  Decoded<PutInlinePolicyToPermissionSetRequest>,
  PutInlinePolicyToPermissionSetResponse
>("PutInlinePolicyToPermissionSet", {
  changes: true,
  perform: (set, { InlinePolicy: policy }, call) => {
    checkInlinePolicy(policy);
    checkNoWriteInProgress(set, call);
    set.inlinePolicy = policy;
    return {};
  },
});

export const getInlinePolicyForPermissionSet = onPermissionSet<
  Decoded<GetInlinePolicyForPermissionSetRequest>,
  GetInlinePolicyForPermissionSetResponse
>("GetInlinePolicyForPermissionSet", { perform: ({ inlinePolicy }) => ({ InlinePolicy: inlinePolicy }) });

export const deleteInlinePolicyFromPermissionSet = onPermissionSet<
  Decoded<DeleteInlinePolicyFromPermissionSetRequest>,
  DeleteInlinePolicyFromPermissionSetResponse
>("DeleteInlinePolicyFromPermissionSet", {
  changes: true,
  perform: (set, _input, call) => {
    checkNoWriteButRemovals(set, call);
    set.inlinePolicy = "";
    return {};
  },
});

export const attachManagedPolicyToPermissionSet = onPermissionSet<
  Decoded<AttachManagedPolicyToPermissionSetRequest>,
  AttachManagedPolicyToPermissionSetResponse
>("AttachManagedPolicyToPermissionSet", {
  changes: true,
  perform: (set, { ManagedPolicyArn: arn }, call) => {
    managedPolicy(arn);
    checkNoWriteInProgress(set, call);
    if (set.managedPolicies.has(arn)) {
      throw conflict(
        `Permission set with id ${idOf(set)} already has a typed link attachment to a manged policy with ${arn}`,
      );
    }
    if (set.managedPolicies.size >= mostManagedPolicies) throw tooManyManagedPolicies(set);
    set.managedPolicies.add(arn);
    return {};
  },
});

export const detachManagedPolicyFromPermissionSet = onPermissionSet<
  Decoded<DetachManagedPolicyFromPermissionSetRequest>,
  DetachManagedPolicyFromPermissionSetResponse
>("DetachManagedPolicyFromPermissionSet", {
  changes: true,
  perform: (set, { ManagedPolicyArn: arn }, call) => {
    checkNoWriteInProgress(set, call);
    if (!set.managedPolicies.delete(arn)) {
      throw new AwsFault("ResourceNotFoundException", `Could not find ManagedPolicy with arn ${arn}`);
    }
    return {};
  },
});

export const listManagedPoliciesInPermissionSet = onPermissionSet<
  Decoded<ListManagedPoliciesInPermissionSetRequest>,
  ListManagedPoliciesInPermissionSetResponse
>("ListManagedPoliciesInPermissionSet", {
  perform: ({ managedPolicies }, input, call) => {
    const attached = [...managedPolicies].map((arn) => ({ Name: arn.split("/").at(-1) ?? arn, Arn: arn }));
    const { items, more } = identityCenterPage(attached, input, call);
    return { AttachedManagedPolicies: items, ...more };
  },
});

/** There is no operation here that attaches one, so there are none. */
export const listCustomerManagedPolicyReferencesInPermissionSet = onPermissionSet<
  Decoded<ListCustomerManagedPolicyReferencesInPermissionSetRequest>,
  ListCustomerManagedPolicyReferencesInPermissionSetResponse
>("ListCustomerManagedPolicyReferencesInPermissionSet", {
  perform: (_set, input, call) => {
    const { items, more } = identityCenterPage<CustomerManagedPolicyReference>([], input, call);
    return { CustomerManagedPolicyReferences: items, ...more };
  },
});

/** There is no operation here that sets one, so there is none. */
export const getPermissionsBoundaryForPermissionSet = onPermissionSet<
  Decoded<GetPermissionsBoundaryForPermissionSetRequest>,
  GetPermissionsBoundaryForPermissionSetResponse
>("GetPermissionsBoundaryForPermissionSet", {
  perform: (set) => {
    throw new AwsFault(
      "ResourceNotFoundException",
      `Could not find a PermissionsBoundary for PermissionSet ${idOf(set)}`,
    );
  },
});

function checkInlinePolicy(policy: string): void {
  try {
    parsePolicy(policy, "identity");
  } catch (error) {
    if (!(error instanceof MalformedPolicyError)) throw error;
    throw validationException(`The inline policy is not valid: ${error.message}`);
  }
  const bytes = Buffer.byteLength(policy.replace(/\s/g, ""));
  if (bytes > largestInlinePolicyBytes) {
    throw new AwsFault(
      "ServiceQuotaExceededException",
      `The inline policy has ${bytes} bytes without white space; a permission set's may have ${largestInlinePolicyBytes}.`,
    );
  }
}

function tooManyManagedPolicies(set: PermissionSet): AwsFault {
  return new AwsFault(
    "ServiceQuotaExceededException",
    `You have exceeded AWS SSO limits. Cannot create ManagedPolicy more than ${mostManagedPolicies} for id ${idOf(set)}. Please refer to https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html`,
  );
}

function idOf({ arn }: PermissionSet): string {
  return arn.split("/").at(-1) ?? arn;
}
