import {
  DeleteBucketPolicyCommand,
  GetBucketPolicyCommand,
  PutBucketPolicyCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { z } from "zod";
import { failedWith } from "../../session/aws-call-failed.ts";
import { describing } from "../describing.ts";
import * as input from "../inputs.ts";
import { type Place, resourceType } from "../resource-type.ts";
import { retryWhile, waits, waitUntil } from "../waiting.ts";

/**
 * A bucket's policy, as upstream handles it: put, then read back until it is there. A policy that denies everyone takes
 * effect and then fails the read-back, and later the update and the delete (docs/aws-behaviour.md, section 5).
 */
export const bucketPolicy = resourceType({
  token: "aws:s3/bucketPolicy:BucketPolicy",
  inputs: z.object({ bucket: z.string(), policy: input.policy, region: input.region }),
  replacedOn: ["bucket", "region"],
  outputs: [],
  policies: ["policy"],

  create: async ({ bucket, policy }, place) => {
    await putPolicy(bucket, policy, place);
    return { id: bucket };
  },

  settle: (id, _inputs, place) => waitForPolicy(id, place),

  read: (id, _state, { clients, region }) =>
    describing(`reading S3 Bucket Policy (${id})`, async () => {
      const policy = await findPolicy(clients.s3(region), id);
      return policy === undefined ? undefined : { bucket: id, policy };
    }),

  update: async (id, { new: { policy } }, place) => {
    await putPolicy(id, policy, place);
    await waitForPolicy(id, place);
  },

  delete: (id, _state, { clients, region, signal }) =>
    describing(`deleting S3 Bucket Policy (${id})`, async () => {
      const s3 = clients.s3(region);
      try {
        await s3.send(new DeleteBucketPolicyCommand({ Bucket: id }));
      } catch (error) {
        if (failedWith(error, "NoSuchBucket", "NoSuchBucketPolicy")) return;
        throw error;
      }
      await waitUntil(`S3 Bucket Policy (${id}) to be gone`, waits.bucketConfiguration, signal, async () =>
        (await findPolicy(s3, id)) === undefined ? true : undefined,
      );
    }),
});

function putPolicy(bucket: string, policy: string, { clients, region, signal }: Place): Promise<unknown> {
  const isPassing = (error: unknown): boolean => failedWith(error, "MalformedPolicy", "NoSuchBucket");
  return describing(`putting S3 Bucket (${bucket}) Policy`, () =>
    retryWhile(isPassing, waits.bucketConfiguration, signal, () =>
      clients.s3(region).send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: policy })),
    ),
  );
}

async function waitForPolicy(bucket: string, { clients, region, signal }: Place): Promise<void> {
  await describing(`waiting for S3 Bucket Policy (${bucket}) create`, () =>
    waitUntil(`S3 Bucket Policy (${bucket}) to appear`, waits.bucketConfiguration, signal, () =>
      findPolicy(clients.s3(region), bucket),
    ),
  );
}

async function findPolicy(s3: S3Client, bucket: string): Promise<string | undefined> {
  try {
    return (await s3.send(new GetBucketPolicyCommand({ Bucket: bucket }))).Policy;
  } catch (error) {
    if (failedWith(error, "NoSuchBucket", "NoSuchBucketPolicy")) return undefined;
    throw error;
  }
}
