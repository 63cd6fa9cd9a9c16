// Each constant that these files export is an operation of the service, by its name.
export * from "./rules.ts";
export * from "./tags.ts";
export * from "./targets.ts";
export * from "./test-event-pattern.ts";
