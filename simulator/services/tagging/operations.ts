// Each constant that these files export is an operation of the service, by its name.
export * from "./get-resources.ts";
