import type {
  DescribeInstanceRequest,
  DescribeInstanceResponse,
  InstanceMetadata,
  ListInstancesRequest,
  ListInstancesResponse,
} from "@aws-sdk/client-sso-admin";
import type { IdentityCenterState } from "../../state/identity-center.ts";
import { identityCenterPage } from "../identity-center-page.ts";
import type { Decoded, Operation } from "../service.ts";
import { checkMembers } from "./constraints.ts";
import { onInstance } from "./scope.ts";

/** The organization's instance is visible from every account, but in its own Region only. */
export const listInstances: Operation<Decoded<ListInstancesRequest>, ListInstancesResponse> = {
  validate: checkMembers,
  perform: (input, call) => {
    const { identityCenter } = call.state;
    const visible = call.region === identityCenter.region ? [answerOf(identityCenter)] : [];
    const { items, more } = identityCenterPage(visible, input, call);
    return { Instances: items, ...more };
  },
};

export const describeInstance = onInstance<Decoded<DescribeInstanceRequest>, DescribeInstanceResponse>(
  "DescribeInstance",
  { perform: (_input, { state }) => answerOf(state.identityCenter) },
);

function answerOf({ instanceArn, identityStoreId, ownerAccountId, created }: IdentityCenterState): InstanceMetadata {
  return {
    InstanceArn: instanceArn,
    IdentityStoreId: identityStoreId,
    OwnerAccountId: ownerAccountId,
    CreatedDate: created,
    Status: "ACTIVE",
  };
}
