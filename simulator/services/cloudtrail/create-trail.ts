import type { CreateTrailRequest, CreateTrailResponse } from "@aws-sdk/client-cloudtrail";
import { parsePolicy } from "#iam";
import { AwsFault } from "../../aws-fault.ts";
import { refusalOf } from "../../delivery/service-principal.ts";
import { everyManagementEvent, type Trail } from "../../state/trails.ts";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Call, Decoded, Operation } from "../service.ts";
import { checkTrailName } from "./trail-name-rules.ts";
import { onTrail, trailArn } from "./trail-names.ts";

type Input = Decoded<CreateTrailRequest>;

/** A new trail records nothing until StartLogging. */
export const createTrail: Operation<Input, CreateTrailResponse> = {
  validate: (input) => {
    refuseUnmodelled("cloudtrail:CreateTrail", input, [
      "Name",
      "S3BucketName",
      "IncludeGlobalServiceEvents",
      "IsMultiRegionTrail",
      "IsOrganizationTrail",
    ]);
    checkTrailName(input.Name);
    if (input.IsMultiRegionTrail && input.IncludeGlobalServiceEvents === false) {
      throw new AwsFault(
        "InvalidParameterCombinationException",
        "Multi-Region trail must include global service events.",
      );
    }
  },
  requires: onTrail,
  perform: (input, call) => {
    const arn = trailArn(input.Name, call);
    if (call.state.trails.has(arn)) {
      throw new AwsFault(
        "TrailAlreadyExistsException",
        `Trail ${input.Name} already exists for customer: ${call.caller.accountId}`,
      );
    }
    checkOrganization(input, call);
    checkBucket(input, arn, call);
    const trail: Trail = {
      name: input.Name,
      arn,
      accountId: call.caller.accountId,
      homeRegion: call.region,
      bucketName: input.S3BucketName,
      isMultiRegion: input.IsMultiRegionTrail ?? false,
      isOrganizationTrail: input.IsOrganizationTrail ?? false,
      includesGlobalServiceEvents: input.IncludeGlobalServiceEvents ?? true,
      logging: { stopped: undefined },
      selectors: [everyManagementEvent],
    };
    call.state.trails.set(arn, trail);
    return {
      Name: trail.name,
      S3BucketName: trail.bucketName,
      IncludeGlobalServiceEvents: trail.includesGlobalServiceEvents,
      IsMultiRegionTrail: trail.isMultiRegion,
      TrailARN: trail.arn,
      LogFileValidationEnabled: false,
      IsOrganizationTrail: trail.isOrganizationTrail,
    };
  },
};

function checkOrganization({ IsOrganizationTrail: wanted }: Input, { caller, state: { organization } }: Call): void {
  if (!wanted) return;
  if (caller.accountId !== organization.managementAccountId) {
    throw new AwsFault(
      "NotOrganizationMasterAccountException",
      "The request could not be processed because the account is not the management account of the organization.",
    );
  }
  if (organization.trustedServices.has("cloudtrail.amazonaws.com")) return;
  throw new AwsFault(
    "CloudTrailAccessNotEnabledException",
    "The request could not be processed because trusted access for CloudTrail is not enabled for the organization.",
  );
}

function checkBucket({ S3BucketName: name }: Input, arn: string, { state, caller, clock }: Call): void {
  const bucket = state.buckets.get(name);
  if (!bucket) throw new AwsFault("S3BucketDoesNotExistException", `S3 bucket ${name} does not exist!`);
  const principal = {
    name: "cloudtrail.amazonaws.com",
    context: {
      "aws:SourceArn": arn,
      "aws:SourceAccount": caller.accountId,
      "s3:x-amz-acl": "bucket-owner-full-control",
    },
  };
  const policy = bucket.policy === undefined ? undefined : { name, document: parsePolicy(bucket.policy) };
  const request = { resourceAccountId: bucket.accountId, policy };
  const world = { state, at: clock.now() };
  const refused =
    refusalOf(principal, { ...request, action: "s3:GetBucketAcl", resource: bucket.arn }, world) ??
    refusalOf(
      principal,
      { ...request, action: "s3:PutObject", resource: `${bucket.arn}/AWSLogs/${caller.accountId}/CloudTrail` },
      world,
    );
  if (refused === undefined) return;
  throw new AwsFault(
    "InsufficientS3BucketPolicyException",
    `Incorrect S3 bucket policy is detected for bucket: ${name}`,
  );
}
