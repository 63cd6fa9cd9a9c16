// Each constant that these files export is an operation of the service, by its name.
export * from "./aliases.ts";
export * from "./deletion.ts";
export * from "./key-policy.ts";
export * from "./keys.ts";
export * from "./rotation.ts";
export * from "./tags.ts";
