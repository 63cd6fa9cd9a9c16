// Each constant that these files export is an operation of the service, by its name.
export * from "./groups.ts";
export * from "./memberships.ts";
export * from "./users.ts";
