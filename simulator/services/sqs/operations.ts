// Each constant that these files export is an operation of the service, by its name.
export * from "./queue-attributes.ts";
export * from "./queue-tags.ts";
export * from "./queues.ts";
export * from "./receive-message.ts";
export * from "./received-messages.ts";
export * from "./send-message.ts";
