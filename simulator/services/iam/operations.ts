// Each constant that these files export is an operation of the service, by its name.
export * from "./access-keys.ts";
export * from "./account-aliases.ts";
export * from "./account-summary.ts";
export * from "./identity-policies.ts";
export * from "./identity-tags.ts";
export * from "./login-profiles.ts";
export * from "./mfa-devices.ts";
export * from "./open-id-connect-providers.ts";
export * from "./organizations-features.ts";
export * from "./outbound-federation.ts";
export * from "./roles.ts";
export * from "./signing-certificates.ts";
export * from "./users.ts";
