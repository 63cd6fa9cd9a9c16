import { createRequire } from "node:module";
import type * as anyModule from "google-protobuf/google/protobuf/any_pb.js";
import type * as emptyModule from "google-protobuf/google/protobuf/empty_pb.js";
import type * as structModule from "google-protobuf/google/protobuf/struct_pb.js";

/*
 * Google's own messages, from the copy of google-protobuf that Pulumi's generated messages use. npm may well install two
 * copies, and messages of one are strangers to the other: requests could not be read at all.
 */
const requireAsPulumi = createRequire(import.meta.resolve("@pulumi/pulumi/proto/provider_pb.js"));

export const { Any } = requireAsPulumi("google-protobuf/google/protobuf/any_pb.js") as typeof anyModule;
export const { Empty } = requireAsPulumi("google-protobuf/google/protobuf/empty_pb.js") as typeof emptyModule;
export const { Struct } = requireAsPulumi("google-protobuf/google/protobuf/struct_pb.js") as typeof structModule;
