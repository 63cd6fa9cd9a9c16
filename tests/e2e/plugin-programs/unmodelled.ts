import * as aws from "@pulumi/aws";

export function unmodelledType(): Record<string, unknown> {
  return { topic: new aws.sns.Topic("topic").arn };
}

export function unmodelledProperty(): Record<string, unknown> {
  return { bucket: new aws.s3.Bucket("bucket", { acl: "public-read" }).bucket };
}
