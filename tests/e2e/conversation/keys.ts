import { absent, type Chapter, type ExpectedRefusal, type Step } from "./step.ts";

const KeyId = "{{key}}";
const AliasName = "alias/alerts";
const aliasArn = `arn:aws:kms:ap-northeast-2:222222222222:${AliasName}`;
const administrator = "arn:aws:iam::222222222222:user/administrator";
const ownAccount = {
  Sid: "OwnAccount",
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::222222222222:root" },
  Action: "kms:*",
  Resource: "*",
};
/** Under it EventBridge and SNS can use the key for a topic of `alerts`. */
const forAlerts = policy(ownAccount, {
  ...ownAccount,
  Sid: "Alerts",
  Principal: { Service: ["events.amazonaws.com", "sns.amazonaws.com"] },
  Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
});

/** The key stays, for the topic of `alerts`; the user who may do nothing comes from `regions`. */
export const keys: Chapter = {
  title: "section 9: a key for encrypted alerts",
  steps: [
    {
      ...step(
        "a key",
        "CreateKey",
        { Description: "alerts", Tags: [{ TagKey: "team", TagValue: "security" }] },
        {
          answer: {
            KeyMetadata: {
              AWSAccountId: "222222222222",
              Description: "alerts",
              KeyState: "Enabled",
              Enabled: true,
              KeyManager: "CUSTOMER",
              KeySpec: "SYMMETRIC_DEFAULT",
              MultiRegion: false,
              DeletionDate: absent,
            },
          },
        },
      ),
      keeps: { key: "KeyMetadata.KeyId", keyArn: "KeyMetadata.Arn" },
    },
    step("an alias", "CreateAlias", { AliasName, TargetKeyId: KeyId }, { answer: {} }),
    step(
      "the same once more",
      "CreateAlias",
      { AliasName, TargetKeyId: KeyId },
      refusal("AlreadyExistsException", `An alias with the name ${aliasArn} already exists`),
    ),
    step(
      "an alias without its prefix",
      "CreateAlias",
      { AliasName: "alerts", TargetKeyId: KeyId },
      refusal("InvalidAliasNameException", /prefix "alias\/"/),
    ),
    step(
      "an alias of AWS's own",
      "CreateAlias",
      { AliasName: "alias/aws/alerts", TargetKeyId: KeyId },
      refusal("NotAuthorizedException", /./),
    ),
    step(
      "the key by its alias",
      "DescribeKey",
      { KeyId: AliasName },
      {
        answer: { KeyMetadata: { Arn: "{{keyArn}}", KeyId } },
      },
    ),
    step(
      "no alias of that name",
      "DescribeKey",
      { KeyId: "alias/none" },
      refusal("NotFoundException", "Alias arn:aws:kms:ap-northeast-2:222222222222:alias/none is not found."),
    ),
    {
      ...step(
        "not in another Region",
        "DescribeKey",
        { KeyId },
        refusal("NotFoundException", `Key 'arn:aws:kms:us-east-1:222222222222:key/${KeyId}' does not exist`),
      ),
      region: "us-east-1",
    },
    {
      ...step(
        "not from another account",
        "DescribeKey",
        { KeyId: "{{keyArn}}" },
        refusal(
          "AccessDeniedException",
          "User: arn:aws:iam::333333333333:user/administrator is not authorized to perform: kms:DescribeKey on resource: {{keyArn}} because no resource-based policy allows the kms:DescribeKey action",
        ),
      ),
      as: "orders",
    },
    {
      ...step(
        "not by whoever may do nothing",
        "ListKeys",
        {},
        refusal("AccessDeniedException", /user\/onlooker is not authorized to perform: kms:ListKeys/),
      ),
      as: "onlooker",
    },
    {
      ...step(
        "not with a key that is gone",
        "ListKeys",
        {},
        refusal("UnrecognizedClientException", "The security token included in the request is invalid."),
      ),
      as: "rehearsal",
    },
    step(
      "a policy that is none",
      "PutKeyPolicy",
      { KeyId, PolicyName: "default", Policy: "{}" },
      refusal("MalformedPolicyDocumentException", /./),
    ),
    step(
      "a policy that locks its maker out",
      "PutKeyPolicy",
      {
        KeyId,
        PolicyName: "default",
        Policy: policy({ ...ownAccount, Principal: { AWS: administrator }, Action: "kms:DescribeKey" }),
      },
      refusal(
        "MalformedPolicyDocumentException",
        "The new key policy will not allow you to update the key policy in the future.",
      ),
    ),
    step(
      "another name for a policy",
      "PutKeyPolicy",
      { KeyId, PolicyName: "mine", Policy: forAlerts },
      refusal("NotFoundException", "No such policy exists"),
    ),
    step("a policy for alerts", "PutKeyPolicy", { KeyId, PolicyName: "default", Policy: forAlerts }, { answer: {} }),
    step(
      "the policy as it was put",
      "GetKeyPolicy",
      { KeyId, PolicyName: "default" },
      { answer: { Policy: forAlerts } },
    ),
    step(
      "a rotation that is too slow",
      "EnableKeyRotation",
      { KeyId, RotationPeriodInDays: 2561 },
      refusal(
        "ValidationException",
        "1 validation error detected: Value '2561' at 'rotationPeriodInDays' failed to satisfy constraint: Member must have value less than or equal to 2560",
      ),
    ),
    step("a rotation", "EnableKeyRotation", { KeyId, RotationPeriodInDays: 90 }, { answer: {} }),
    step(
      "which is to come",
      "GetKeyRotationStatus",
      { KeyId },
      {
        answer: { KeyRotationEnabled: true, RotationPeriodInDays: 90, NextRotationDate: /T/ },
      },
    ),
    step(
      "an alias is no name here",
      "GetKeyRotationStatus",
      { KeyId: AliasName },
      refusal("NotFoundException", `Invalid keyId '${AliasName}'`),
    ),
    step("the key is disabled", "DisableKey", { KeyId }, { answer: {} }),
    step(
      "and says so",
      "DescribeKey",
      { KeyId },
      { answer: { KeyMetadata: { KeyState: "Disabled", Enabled: false } } },
    ),
    step(
      "no rotation of a disabled key",
      "EnableKeyRotation",
      { KeyId },
      refusal("DisabledException", "{{keyArn}} is disabled."),
    ),
    step("nor an end of it", "DisableKeyRotation", { KeyId }, refusal("DisabledException", "{{keyArn}} is disabled.")),
    step("the key is enabled", "EnableKey", { KeyId }, { answer: {} }),
    step(
      "it goes in a week at the soonest",
      "ScheduleKeyDeletion",
      { KeyId, PendingWindowInDays: 6 },
      refusal(
        "ValidationException",
        /'pendingWindowInDays' failed to satisfy constraint: Member must have value greater than or equal to 7/,
      ),
    ),
    step(
      "it is to go",
      "ScheduleKeyDeletion",
      { KeyId, PendingWindowInDays: 7 },
      {
        answer: { KeyId: "{{keyArn}}", KeyState: "PendingDeletion", PendingWindowInDays: 7, DeletionDate: /T/ },
      },
    ),
    step(
      "once only",
      "ScheduleKeyDeletion",
      { KeyId },
      refusal("KMSInvalidStateException", "{{keyArn}} is pending deletion."),
    ),
    step(
      "no alias for it",
      "CreateAlias",
      { AliasName: "alias/late", TargetKeyId: KeyId },
      refusal("KMSInvalidStateException", "{{keyArn}} is pending deletion."),
    ),
    step("it stays after all", "CancelKeyDeletion", { KeyId }, { answer: { KeyId: "{{keyArn}}" } }),
    step(
      "nothing to cancel",
      "CancelKeyDeletion",
      { KeyId },
      refusal("KMSInvalidStateException", "{{keyArn}} is not pending deletion."),
    ),
    step("enabled again", "EnableKey", { KeyId }, { answer: {} }),
    step(
      "the keys by pages of one",
      "ListKeys",
      { Limit: 1 },
      {
        answer: { Keys: [{ KeyId, KeyArn: "{{keyArn}}" }], Truncated: false, NextMarker: absent },
      },
    ),
    step("a marker that is none", "ListKeys", { Marker: "none" }, refusal("InvalidMarkerException", /./)),
    step(
      "a tag twice",
      "TagResource",
      {
        KeyId,
        Tags: [
          { TagKey: "a", TagValue: "1" },
          { TagKey: "a", TagValue: "2" },
        ],
      },
      refusal("TagException", /./),
    ),
    step("the tags", "ListResourceTags", { KeyId }, { answer: { Tags: [{ TagKey: "team", TagValue: "security" }] } }),
    step(
      "what is not modelled, by name",
      "GenerateRandom",
      { NumberOfBytes: 8 },
      refusal("NotImplemented", "kms:GenerateRandom is not modelled by the sandbox organization.", 501),
    ),
  ],
};

function step(says: string, operation: string, input: NonNullable<Step["input"]>, expects: Step["expects"]): Step {
  return { says, as: "audit", call: `kms:${operation}`, input, expects };
}

function refusal(code: string, message: string | RegExp, status = 400): { readonly refusal: ExpectedRefusal } {
  return { refusal: { code, message, status } };
}

function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
