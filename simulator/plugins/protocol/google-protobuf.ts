import anyMessages from "google-protobuf/google/protobuf/any_pb.js";
import emptyMessages from "google-protobuf/google/protobuf/empty_pb.js";
import structMessages from "google-protobuf/google/protobuf/struct_pb.js";

/*
 * package.json pins google-protobuf to the version that @pulumi/pulumi asks for, so that npm installs one copy: messages
 * of one copy are strangers to another, and requests could not be read at all.
 */
export const { Any } = anyMessages;
export const { Empty } = emptyMessages;
export const { Struct } = structMessages;
