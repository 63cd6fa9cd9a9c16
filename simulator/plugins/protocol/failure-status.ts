import grpc from "@grpc/grpc-js";
import type { StatusObject } from "@grpc/grpc-js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import rpc from "@pulumi/pulumi/proto/status_pb.js";
import { Any } from "./google-protobuf.ts";
import { encodeProperties } from "./property-bag.ts";
import { PartiallyDone } from "./provider.ts";

/** The gRPC status for a failed call; a partially done resource travels in it, so that the engine saves it. */
export function failureStatus(error: unknown): Partial<StatusObject> {
  const reason = error instanceof Error ? error.message : String(error);
  const status = { code: grpc.status.UNKNOWN, details: reason };
  return error instanceof PartiallyDone ? { ...status, metadata: partialResource(error) } : status;
}

function partialResource(error: PartiallyDone): grpc.Metadata {
  const detail = new messages.ErrorResourceInitFailed()
    .setId(error.id)
    .setProperties(encodeProperties(error.state))
    .setInputs(encodeProperties(error.inputs))
    .setReasonsList([error.message]);
  const packed = new Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new rpc.Status().setCode(grpc.status.UNKNOWN).setMessage(error.message).setDetailsList([packed]);
  const metadata = new grpc.Metadata();
  // gRPC's header for structured errors; grpc-js leaves filling it to its users.
  metadata.set("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return metadata;
}
