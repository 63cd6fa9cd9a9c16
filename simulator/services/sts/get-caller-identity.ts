import type { GetCallerIdentityRequest, GetCallerIdentityResponse } from "@aws-sdk/client-sts";
import type { Operation } from "../service.ts";

/** Needs no permission and works under any deny, so inside every root session too (docs/aws-behaviour.md, section 2). */
export const getCallerIdentity: Operation<GetCallerIdentityRequest, GetCallerIdentityResponse> = {
  requires: () => [],
  perform: (_input, { caller }) => ({ Account: caller.accountId, UserId: caller.userId, Arn: caller.principal.arn }),
};
