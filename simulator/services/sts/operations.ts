// Each constant that these files export is an operation of the service, by its name.
export * from "./assume-role.ts";
export * from "./assume-root.ts";
export * from "./get-caller-identity.ts";
