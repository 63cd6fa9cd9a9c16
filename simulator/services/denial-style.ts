import type { DenialStyle } from "./service.ts";

/** STS and IAM: code AccessDenied, action and ARN as they are. */
export const queryDenial: DenialStyle = {
  code: "AccessDenied",
  status: 403,
  shape: "AccessDenied",
  actionText: (action) => action,
  resourceText: (resource) => resource,
};

/** Organizations, Identity Center and others that speak JSON. */
export const jsonDenial: DenialStyle = {
  ...queryDenial,
  code: "AccessDeniedException",
  status: 400,
  shape: "AccessDeniedException",
};
