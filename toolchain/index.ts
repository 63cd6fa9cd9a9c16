/**
 * What set-up has put on this machine: the Pulumi engine, for tests the AWS CLI, for the benchmark moto. Set-up itself is
 * `node toolchain/setup.mjs`, which `npm start` and `npm test` run first.
 */
export { awsCliFolder } from "./aws-cli/locate.ts";
export { motoServer } from "./moto/locate.ts";
export { type PulumiBackend, type PulumiBackendOptions, prepareBackend } from "./engine/backend.ts";
export { type Engine, EngineMissingError, locateEngine } from "./engine/locate.ts";
