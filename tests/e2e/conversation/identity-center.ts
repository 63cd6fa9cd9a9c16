import { breakGlassPolicy } from "#iam";
import { absent, type Chapter, type Step } from "./step.ts";

const InstanceArn = "arn:aws:sso:::instance/ssoins-7223000000000001";
const ofSet = { InstanceArn, PermissionSetArn: "{{set}}" };
const toAdmins = {
  ...ofSet,
  TargetId: "222222222222",
  TargetType: "AWS_ACCOUNT",
  PrincipalType: "GROUP",
  PrincipalId: "{{admins}}",
};
const policy = JSON.stringify(breakGlassPolicy());

/** Its writes are asynchronous: each is asked after until it is done. */
export const identityCenter: Chapter = {
  title: "section 4: Identity Center, whose writes are asynchronous",
  steps: [
    step(
      "the instance",
      "sso-admin:ListInstances",
      {},
      {
        answer: { Instances: [{ InstanceArn, IdentityStoreId: "d-9067000001", OwnerAccountId: "111111111111" }] },
      },
    ),
    {
      ...step(
        "the group",
        "identitystore:ListGroups",
        {
          IdentityStoreId: "d-9067000001",
          Filters: [{ AttributePath: "DisplayName", AttributeValue: "break-glass-admins" }],
        },
        { answer: { Groups: [{ DisplayName: "break-glass-admins", GroupId: /./ }] } },
      ),
      keeps: { admins: "Groups.0.GroupId" },
    },
    step(
      "a name with a space",
      "sso-admin:CreatePermissionSet",
      { InstanceArn, Name: "Break Glass" },
      {
        refusal: { code: "ValidationException", message: /'name' failed to satisfy constraint/, status: 400 },
      },
    ),
    {
      ...step(
        "a permission set",
        "sso-admin:CreatePermissionSet",
        {
          InstanceArn,
          Name: "BreakGlassAssumeRoot",
          Description: "Break Glass - sts:AssumeRoot for emergency privileged access",
          SessionDuration: "PT1H",
        },
        { answer: { PermissionSet: { Name: "BreakGlassAssumeRoot", SessionDuration: "PT1H", CreatedDate: /T/ } } },
      ),
      keeps: { set: "PermissionSet.PermissionSetArn" },
    },
    step(
      "the same once more",
      "sso-admin:CreatePermissionSet",
      { InstanceArn, Name: "BreakGlassAssumeRoot" },
      {
        refusal: { code: "ConflictException", message: /BreakGlassAssumeRoot/, status: 400 },
      },
    ),
    step("its policy", "sso-admin:PutInlinePolicyToPermissionSet", { ...ofSet, InlinePolicy: policy }, { answer: {} }),
    step("the policy as it was put", "sso-admin:GetInlinePolicyForPermissionSet", ofSet, {
      answer: { InlinePolicy: policy },
    }),
    {
      ...step("assigned to the group", "sso-admin:CreateAccountAssignment", toAdmins, {
        answer: { AccountAssignmentCreationStatus: { Status: "IN_PROGRESS", RequestId: /./, FailureReason: absent } },
      }),
      keeps: { assigning: "AccountAssignmentCreationStatus.RequestId" },
    },
    {
      ...step(
        "which is done after a while",
        "sso-admin:DescribeAccountAssignmentCreationStatus",
        {
          InstanceArn,
          AccountAssignmentCreationRequestId: "{{assigning}}",
        },
        { answer: { AccountAssignmentCreationStatus: { Status: "SUCCEEDED" } } },
      ),
      eventually: true,
    },
    step(
      "the assignment is listed",
      "sso-admin:ListAccountAssignments",
      { ...ofSet, AccountId: "222222222222" },
      {
        answer: { AccountAssignments: [{ PrincipalType: "GROUP", PrincipalId: "{{admins}}" }] },
      },
    ),
    {
      ...step(
        "to nobody who is there",
        "sso-admin:CreateAccountAssignment",
        {
          ...toAdmins,
          PrincipalId: "9067000001-00000000-4000-4000-8000-000000000000",
        },
        { answer: { AccountAssignmentCreationStatus: { Status: "IN_PROGRESS" } } },
      ),
      keeps: { failing: "AccountAssignmentCreationStatus.RequestId" },
    },
    {
      ...step(
        "which fails after a while, and says why",
        "sso-admin:DescribeAccountAssignmentCreationStatus",
        {
          InstanceArn,
          AccountAssignmentCreationRequestId: "{{failing}}",
        },
        { answer: { AccountAssignmentCreationStatus: { Status: "FAILED", FailureReason: /was not found/ } } },
      ),
      eventually: true,
    },
    {
      ...step(
        "provisioned again",
        "sso-admin:ProvisionPermissionSet",
        {
          ...ofSet,
          TargetType: "AWS_ACCOUNT",
          TargetId: "222222222222",
        },
        { answer: { PermissionSetProvisioningStatus: { Status: "IN_PROGRESS" } } },
      ),
      keeps: { provisioning: "PermissionSetProvisioningStatus.RequestId" },
    },
    {
      ...step(
        "which is done after a while, too",
        "sso-admin:DescribePermissionSetProvisioningStatus",
        {
          InstanceArn,
          ProvisionPermissionSetRequestId: "{{provisioning}}",
        },
        { answer: { PermissionSetProvisioningStatus: { Status: "SUCCEEDED", AccountId: "222222222222" } } },
      ),
      eventually: true,
    },
    step("no set that is assigned is deleted", "sso-admin:DeletePermissionSet", ofSet, {
      refusal: { code: "ConflictException", message: /./, status: 400 },
    }),
    step(
      "a set that is not there",
      "sso-admin:DescribePermissionSet",
      {
        InstanceArn,
        PermissionSetArn: "arn:aws:sso:::permissionSet/ssoins-7223000000000001/ps-0000000000000000",
      },
      {
        refusal: {
          code: "ResourceNotFoundException",
          message: "Could not find PermissionSet with id ps-0000000000000000",
          status: 400,
        },
      },
    ),
  ],
};

function step(says: string, call: Step["call"], input: NonNullable<Step["input"]>, expects: Step["expects"]): Step {
  return { says, as: "management", region: "us-east-1", call, input, expects };
}
