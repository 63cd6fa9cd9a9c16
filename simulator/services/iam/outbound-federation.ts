import type { GetOutboundWebIdentityFederationInfoResponse } from "@aws-sdk/client-iam";
import { AwsFault } from "../../aws-fault.ts";
import type { Operation } from "../service.ts";

/** The console asks before it shows the account list. No account of the sandbox organization has enabled the feature. */
export const getOutboundWebIdentityFederationInfo: Operation<object, GetOutboundWebIdentityFederationInfoResponse> = {
  perform: () => {
    throw new AwsFault("FeatureDisabled", "Outbound web identity federation is not enabled for this account.", {
      status: 404,
    });
  },
};
