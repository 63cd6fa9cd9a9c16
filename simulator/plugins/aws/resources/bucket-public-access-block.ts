import {
  DeletePublicAccessBlockCommand,
  GetPublicAccessBlockCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { z } from "zod";
import type { PropertyBag } from "../../protocol/property-bag.ts";
import { failedWith } from "../../session/aws-call-failed.ts";
import { describing } from "../describing.ts";
import * as input from "../inputs.ts";
import { type Place, resourceType } from "../resource-type.ts";
import { retryWhile, waits, waitUntil } from "../waiting.ts";

const inputs = z.object({
  bucket: z.string(),
  blockPublicAcls: z.boolean().default(false),
  blockPublicPolicy: z.boolean().default(false),
  ignorePublicAcls: z.boolean().default(false),
  restrictPublicBuckets: z.boolean().default(false),
  skipDestroy: z.boolean().optional(),
  region: input.region,
});

/** A bucket's public access block. */
export const bucketPublicAccessBlock = resourceType({
  token: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  inputs,
  replacedOn: ["bucket", "region"],
  localInputs: ["skipDestroy"],
  outputs: [],
  notReadAfterUpdate: true,

  create: async (block, place) => {
    await putBlock(block, place);
    return { id: block.bucket };
  },

  settle: async (id, _inputs, { clients, region, signal }) => {
    await describing(`waiting for S3 Bucket Public Access Block (${id}) create`, () =>
      waitUntil(`S3 Bucket Public Access Block (${id}) to appear`, waits.bucketConfiguration, signal, () =>
        findBlock(clients.s3(region), id),
      ),
    );
  },

  read: (id, _state, { clients, region }) =>
    describing(`reading S3 Bucket Public Access Block (${id})`, () => findBlock(clients.s3(region), id)),

  update: async (_id, { new: block }, place) => {
    await putBlock(block, place);
  },

  delete: async (id, { skipDestroy }, { clients, region, signal }) => {
    if (skipDestroy) return;
    await describing(`deleting S3 Bucket Public Access Block (${id})`, async () => {
      const s3 = clients.s3(region);
      try {
        await s3.send(new DeletePublicAccessBlockCommand({ Bucket: id }));
      } catch (error) {
        if (isAbsent(error)) return;
        throw error;
      }
      await waitUntil(
        `S3 Bucket Public Access Block (${id}) to be gone`,
        waits.bucketConfiguration,
        signal,
        async () => ((await findBlock(s3, id)) === undefined ? true : undefined),
      );
    });
  },
});

function putBlock(block: z.output<typeof inputs>, { clients, region, signal }: Place): Promise<unknown> {
  const command = new PutPublicAccessBlockCommand({
    Bucket: block.bucket,
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: block.blockPublicAcls,
      BlockPublicPolicy: block.blockPublicPolicy,
      IgnorePublicAcls: block.ignorePublicAcls,
      RestrictPublicBuckets: block.restrictPublicBuckets,
    },
  });
  return describing(`creating S3 Bucket Public Access Block (${block.bucket})`, () =>
    retryWhile(
      (error) => failedWith(error, "NoSuchBucket"),
      waits.bucketConfiguration,
      signal,
      () => clients.s3(region).send(command),
    ),
  );
}

async function findBlock(s3: S3Client, bucket: string): Promise<PropertyBag | undefined> {
  try {
    const { PublicAccessBlockConfiguration: block } = await s3.send(
      new GetPublicAccessBlockCommand({ Bucket: bucket }),
    );
    return {
      bucket,
      blockPublicAcls: block?.BlockPublicAcls ?? false,
      blockPublicPolicy: block?.BlockPublicPolicy ?? false,
      ignorePublicAcls: block?.IgnorePublicAcls ?? false,
      restrictPublicBuckets: block?.RestrictPublicBuckets ?? false,
    };
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

function isAbsent(error: unknown): boolean {
  return failedWith(error, "NoSuchBucket", "NoSuchPublicAccessBlockConfiguration");
}
