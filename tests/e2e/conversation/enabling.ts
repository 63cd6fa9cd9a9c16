import { absent, type Chapter } from "./step.ts";

const principal = { ServicePrincipal: "iam.amazonaws.com" };
const audit = { AccountId: "222222222222", ...principal };
const notTrusted = {
  code: "ServiceAccessNotEnabledException",
  message: "Trusted Access for IAM not enabled by organization of input account ID.",
  status: 400,
};
const noPermission = {
  code: "AccessDeniedException",
  message: "You don't have permissions to access this resource.",
  status: 400,
};

export const enabling: Chapter = {
  title: "section 3: trusted access, both features, a delegate",
  steps: [
    {
      says: "no feature before trusted access",
      as: "management",
      call: "iam:EnableOrganizationsRootSessions",
      expects: { refusal: notTrusted },
    },
    {
      says: "nothing to list before trusted access",
      as: "management",
      call: "iam:ListOrganizationsFeatures",
      expects: { refusal: notTrusted },
    },
    {
      says: "a member account may not enable trusted access",
      as: "orders",
      call: "organizations:EnableAWSServiceAccess",
      input: principal,
      expects: { refusal: noPermission },
    },
    {
      says: "no delegate before trusted access",
      as: "management",
      call: "organizations:RegisterDelegatedAdministrator",
      input: audit,
      expects: {
        refusal: {
          code: "ConstraintViolationException",
          message:
            "You attempted to register a delegated administrator before you enabled service access. Call the EnableAWSServiceAccess API first.",
          status: 400,
        },
      },
    },
    {
      says: "trusted access",
      as: "management",
      call: "organizations:EnableAWSServiceAccess",
      input: principal,
      expects: { answer: {} },
    },
    {
      says: "trusted access is listed",
      as: "management",
      call: "organizations:ListAWSServiceAccessForOrganization",
      expects: {
        answer: {
          EnabledServicePrincipals: [
            { ServicePrincipal: "cloudtrail.amazonaws.com" },
            { ServicePrincipal: "sso.amazonaws.com" },
            principal,
          ],
          NextToken: absent,
        },
      },
    },
    {
      says: "no feature is on yet",
      as: "management",
      call: "iam:ListOrganizationsFeatures",
      expects: { answer: { OrganizationId: "o-sandbox0001", EnabledFeatures: [] } },
    },
    {
      says: "a member account cannot list features",
      as: "orders",
      call: "iam:ListOrganizationsFeatures",
      expects: {
        refusal: {
          code: "AccountNotManagementOrDelegatedAdministratorException",
          message: "Input account ID is neither management account nor delegated admin.",
          status: 400,
        },
      },
    },
    {
      says: "the first feature",
      as: "management",
      call: "iam:EnableOrganizationsRootCredentialsManagement",
      expects: { answer: { EnabledFeatures: ["RootCredentialsManagement"] } },
    },
    {
      says: "the management account is no delegate",
      as: "management",
      call: "organizations:RegisterDelegatedAdministrator",
      input: { ...principal, AccountId: "111111111111" },
      expects: {
        refusal: {
          code: "ConstraintViolationException",
          message: "You cannot register master account/yourself as delegated administrator for your organization.",
          status: 400,
        },
      },
    },
    {
      says: "the Audit account becomes the delegate",
      as: "management",
      call: "organizations:RegisterDelegatedAdministrator",
      input: audit,
      expects: { answer: {} },
    },
    {
      says: "once only",
      as: "management",
      call: "organizations:RegisterDelegatedAdministrator",
      input: audit,
      expects: {
        refusal: {
          code: "AccountAlreadyRegisteredException",
          message: "The provided account is already a delegated administrator for your organization.",
          status: 400,
        },
      },
    },
    {
      says: "the delegate is listed",
      as: "audit",
      call: "organizations:ListDelegatedAdministrators",
      input: principal,
      expects: { answer: { DelegatedAdministrators: [{ Id: "222222222222", Name: "Audit", Status: "ACTIVE" }] } },
    },
    {
      says: "the delegate may not enable a feature",
      as: "audit",
      call: "iam:EnableOrganizationsRootSessions",
      expects: {
        refusal: {
          code: "CallerIsNotManagementAccountException",
          message: "Caller account ID is not management account of the organization and cannot enable IAM features.",
          status: 400,
        },
      },
    },
    {
      says: "trusted access stays while there is a delegate",
      as: "management",
      call: "organizations:DisableAWSServiceAccess",
      input: principal,
      expects: {
        refusal: {
          code: "ConstraintViolationException",
          message: /delegated administrator/,
          status: 400,
        },
      },
    },
  ],
};
