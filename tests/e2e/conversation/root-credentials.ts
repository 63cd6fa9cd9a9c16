import type { TaskName } from "#iam";
import type { Chapter, ExpectedRefusal, Step } from "./step.ts";

const member = "333333333333";
const audit = "IAMAuditRootUserCredentials";
const remove = "IAMDeleteRootUserCredentials";
const recover = "IAMCreateRootUserPassword";

const noProfile: ExpectedRefusal = {
  code: "NoSuchEntity",
  message: "Login Profile for User null cannot be found.",
  status: 404,
};

/** What the Orders account's root user should not have: read, deleted, and its password allowed again. */
export const rootCredentials: Chapter = {
  title: "section 2: root credentials audited, deleted, recovered",
  steps: [
    step("the root user has no name", audit, "GetUser", {
      answer: { User: { UserId: member, Arn: `arn:aws:iam::${member}:root` } },
    }),
    step("one call says what is there", audit, "GetAccountSummary", {
      answer: {
        SummaryMap: {
          AccountPasswordPresent: 1,
          AccountAccessKeysPresent: 1,
          AccountSigningCertificatesPresent: 1,
          AccountMFAEnabled: 1,
        },
      },
    }),
    step("a password", audit, "GetLoginProfile", { answer: { LoginProfile: { CreateDate: /T/ } } }),
    {
      ...step("two access keys", audit, "ListAccessKeys", {
        answer: { AccessKeyMetadata: [{ Status: "Active" }, { Status: "Active" }], IsTruncated: false },
      }),
      keeps: { firstKey: "AccessKeyMetadata.0.AccessKeyId", secondKey: "AccessKeyMetadata.1.AccessKeyId" },
    },
    step(
      "a key that was never used",
      audit,
      "GetAccessKeyLastUsed",
      {
        answer: { AccessKeyLastUsed: { Region: "N/A", ServiceName: "N/A" } },
      },
      { AccessKeyId: "{{firstKey}}" },
    ),
    {
      ...step("a signing certificate", audit, "ListSigningCertificates", {
        answer: { Certificates: [{ Status: "Active" }] },
      }),
      keeps: { certificate: "Certificates.0.CertificateId" },
    },
    {
      ...step("an MFA device", audit, "ListMFADevices", { answer: { MFADevices: [{ EnableDate: /T/ }] } }),
      keeps: { device: "MFADevices.0.SerialNumber" },
    },
    step("the audit deletes nothing", audit, "DeleteLoginProfile", { refusal: outsideTheTask("DeleteLoginProfile") }),
    step(
      "the audit names no user",
      audit,
      "ListAccessKeys",
      {
        refusal: {
          code: "AccessDenied",
          message: /iam:ListAccessKeys on resource: \S+:user\/administrator with an explicit deny in a session policy$/,
          status: 403,
        },
      },
      { UserName: "administrator" },
    ),
    step("no recovery while there is a password", recover, "CreateLoginProfile", {
      refusal: {
        code: "EntityAlreadyExists",
        message: `Login Profile for account ${member} already exists.`,
        status: 409,
      },
    }),
    step("the first key goes", remove, "DeleteAccessKey", { answer: {} }, { AccessKeyId: "{{firstKey}}" }),
    step("the second key goes", remove, "DeleteAccessKey", { answer: {} }, { AccessKeyId: "{{secondKey}}" }),
    step(
      "a key goes once",
      remove,
      "DeleteAccessKey",
      {
        refusal: { code: "NoSuchEntity", message: /cannot be found\.$/, status: 404 },
      },
      { AccessKeyId: "{{firstKey}}" },
    ),
    step(
      "the certificate goes",
      remove,
      "DeleteSigningCertificate",
      { answer: {} },
      { CertificateId: "{{certificate}}" },
    ),
    step("the password goes", remove, "DeleteLoginProfile", { answer: {} }),
    step("the device goes", remove, "DeactivateMFADevice", { answer: {} }, { SerialNumber: "{{device}}" }),
    step("nothing is left", audit, "GetAccountSummary", {
      answer: {
        SummaryMap: {
          AccountPasswordPresent: 0,
          AccountAccessKeysPresent: 0,
          AccountSigningCertificatesPresent: 0,
          AccountMFAEnabled: 0,
        },
      },
    }),
    step("no keys", audit, "ListAccessKeys", { answer: { AccessKeyMetadata: [] } }),
    step("no password", recover, "GetLoginProfile", { refusal: noProfile }),
    step("recovery is allowed", recover, "CreateLoginProfile", { answer: { LoginProfile: { CreateDate: /T/ } } }),
    step("the recovery task deletes nothing", recover, "DeleteLoginProfile", {
      refusal: outsideTheTask("DeleteLoginProfile"),
    }),
  ],
};

function step(
  says: string,
  as: TaskName,
  operation: string,
  expects: Step["expects"],
  input: NonNullable<Step["input"]> = {},
): Step {
  return { says, as, call: `iam:${operation}`, expects, input };
}

function outsideTheTask(operation: string): ExpectedRefusal {
  return {
    code: "AccessDenied",
    message: new RegExp(
      `^User: arn:aws:iam::${member}:root is not authorized to perform: iam:${operation} on resource: .* with an explicit deny in a session policy$`,
    ),
    status: 403,
  };
}
