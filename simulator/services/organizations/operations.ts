// Each constant that these files export is an operation of the service, by its name.
export * from "./accounts.ts";
export * from "./delegated-administrators.ts";
export * from "./describe-organization.ts";
export * from "./policies.ts";
export * from "./policy-attachments.ts";
export * from "./policy-types.ts";
export * from "./tags.ts";
export * from "./tree.ts";
export * from "./trusted-access.ts";
