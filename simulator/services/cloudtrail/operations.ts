// Each constant that these files export is an operation of the service, by its name.
export * from "./create-trail.ts";
export * from "./event-selectors.ts";
export * from "./logging.ts";
export * from "./lookup-events.ts";
export * from "./trails.ts";
