// Each constant that these files export is an operation of the service, by its name.
export * from "./account-assignments.ts";
export * from "./instances.ts";
export * from "./permission-set-policies.ts";
export * from "./permission-sets.ts";
export * from "./provisioning.ts";
export * from "./tags.ts";
export * from "./write-statuses.ts";
