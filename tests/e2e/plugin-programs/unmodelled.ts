import * as aws from "@pulumi/aws";

export function unmodelledType(): Record<string, unknown> {
  return { table: new aws.dynamodb.Table("table", { attributes: [{ name: "id", type: "S" }], hashKey: "id" }).arn };
}

export function unmodelledProperty(): Record<string, unknown> {
  return { bucket: new aws.s3.Bucket("bucket", { acl: "public-read" }).bucket };
}
