import type { CreateBucketOutput, CreateBucketRequest } from "@aws-sdk/client-s3";
import { AwsFault, notImplemented } from "../../aws-fault.ts";
import { isOptInRegion, isRegion } from "../../state/regions.ts";
import type { Bucket } from "../../state/s3.ts";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Call, Decoded, Operation } from "../service.ts";
import { isBucketName } from "./bucket-name.ts";
import { readTags } from "./tag-set.ts";

type Input = Decoded<CreateBucketRequest>;

export const createBucket: Operation<Input, CreateBucketOutput> = {
  validate: (input, call) => {
    checkParameters(input);
    if (!isBucketName(input.Bucket)) {
      throw new AwsFault("InvalidBucketName", "The specified bucket is not valid.", {
        members: { BucketName: input.Bucket },
      });
    }
    checkLocation(input.CreateBucketConfiguration?.LocationConstraint, call.region);
    readTags(input.CreateBucketConfiguration?.Tags);
  },
  requires: (input) => {
    const resource = bucketArn(input.Bucket);
    const tagging = input.CreateBucketConfiguration?.Tags?.length ? [{ action: "s3:TagResource", resource }] : [];
    return [{ resource }, ...tagging];
  },
  perform: (input, call) => {
    const known = call.state.buckets.get(input.Bucket);
    if (known) checkKnown(known, call);
    const bucket = known ?? newBucket(input, call);
    call.state.buckets.set(bucket.name, bucket);
    return {
      Location: bucket.region === "us-east-1" ? `/${bucket.name}` : `http://${bucket.name}.s3.amazonaws.com/`,
    };
  },
};

function checkParameters(input: Input): void {
  refuseUnmodelled("s3:CreateBucket", input, [
    "Bucket",
    "CreateBucketConfiguration",
    "ACL",
    "ObjectOwnership",
    "ObjectLockEnabledForBucket",
    "BucketNamespace",
  ]);
  refuseUnmodelled("s3:CreateBucket", input.CreateBucketConfiguration ?? {}, ["LocationConstraint", "Tags"]);
  const { ACL, ObjectOwnership, ObjectLockEnabledForBucket, BucketNamespace } = input;
  if (ACL !== undefined && ACL !== "private") throw notImplemented(`The bucket ACL ${ACL}`);
  if (ObjectOwnership !== undefined && ObjectOwnership !== "BucketOwnerEnforced") {
    throw notImplemented(`The object ownership ${ObjectOwnership}`);
  }
  if (ObjectLockEnabledForBucket) throw notImplemented("S3 Object Lock");
  if (BucketNamespace !== undefined && BucketNamespace !== "global") {
    throw notImplemented(`The bucket namespace ${BucketNamespace}`);
  }
}

/** Every endpoint makes buckets in its own Region; only that of us-east-1 takes a constraint to another enabled by default. */
function checkLocation(constraint: string | undefined, region: string): void {
  if (constraint === undefined) {
    if (region === "us-east-1") return;
    throw illegalLocation("unspecified");
  }
  if (constraint === "us-east-1" || !isRegion(regionOf(constraint))) {
    throw new AwsFault("InvalidLocationConstraint", "The specified location-constraint is not valid", {
      members: { LocationConstraint: constraint },
    });
  }
  const takesOthers = region === "us-east-1" && !isOptInRegion(constraint);
  if (!takesOthers && regionOf(constraint) !== region) throw illegalLocation(constraint);
}

function illegalLocation(constraint: string): AwsFault {
  return new AwsFault(
    "IllegalLocationConstraintException",
    `The ${constraint} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  );
}

function regionOf(constraint: string | undefined): string {
  return constraint === undefined ? "us-east-1" : constraint.replace(/^EU$/, "eu-west-1");
}

/** In us-east-1 creating one's own bucket again succeeds, for the sake of old clients. */
function checkKnown(bucket: Bucket, { caller }: Call): void {
  const members = { BucketName: bucket.name };
  if (bucket.accountId !== caller.accountId) {
    throw new AwsFault(
      "BucketAlreadyExists",
      "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.",
      { status: 409, members },
    );
  }
  if (bucket.region === "us-east-1") return;
  throw new AwsFault(
    "BucketAlreadyOwnedByYou",
    "Your previous request to create the named bucket succeeded and you already own it.",
    { status: 409, members },
  );
}

function newBucket({ Bucket: name, CreateBucketConfiguration: configuration }: Input, call: Call): Bucket {
  return {
    name,
    arn: bucketArn(name),
    accountId: call.caller.accountId,
    region: regionOf(configuration?.LocationConstraint),
    created: call.clock.now(),
    policy: undefined,
    // New buckets block public access in every way (since April 2023).
    publicAccessBlock: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
    tags: readTags(configuration?.Tags),
    objects: new Map(),
    uploads: new Map(),
  };
}

function bucketArn(name: string): string {
  return `arn:aws:s3:::${name}`;
}
