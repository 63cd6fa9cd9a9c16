import type { DescribeOrganizationResponse } from "@aws-sdk/client-organizations";
import type { Operation } from "../service.ts";

/** Every account of the organization may ask. */
export const describeOrganization: Operation<object, DescribeOrganizationResponse> = {
  perform: (_input, { state: { organization } }) => {
    const management = organization.accounts.get(organization.managementAccountId);
    return {
      Organization: {
        Id: organization.id,
        Arn: organization.arn,
        FeatureSet: organization.featureSet,
        MasterAccountId: organization.managementAccountId,
        MasterAccountArn: management?.arn,
        MasterAccountEmail: management?.email,
        // AWS lists SCPs as enabled here whatever the root says; ListRoots has the truth.
        AvailablePolicyTypes: [{ Type: "SERVICE_CONTROL_POLICY", Status: "ENABLED" }],
      },
    };
  },
};
