// Each constant that these files export is an operation of the service, by its name.
export * from "./request-statuses.ts";
export * from "./resource-reads.ts";
export * from "./resource-writes.ts";
