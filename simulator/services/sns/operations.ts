// Each constant that these files export is an operation of the service, by its name.
export * from "./list-subscriptions.ts";
export * from "./publish.ts";
export * from "./subscription-attributes.ts";
export * from "./subscriptions.ts";
export * from "./tags.ts";
export * from "./topics.ts";
