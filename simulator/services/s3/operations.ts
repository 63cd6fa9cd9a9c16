// Each constant that these files export is an operation of the service, by its name.
export * from "./bucket-policy.ts";
export * from "./buckets.ts";
export * from "./complete-multipart-upload.ts";
export * from "./create-bucket.ts";
export * from "./delete-objects.ts";
export * from "./fresh-bucket.ts";
export * from "./get-object.ts";
export * from "./list-object-versions.ts";
export * from "./list-objects.ts";
export * from "./list-uploads.ts";
export * from "./multipart-upload.ts";
export * from "./public-access-block.ts";
export * from "./put-object.ts";
export * from "./tagging.ts";
