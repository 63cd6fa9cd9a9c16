import { servePlugin } from "../protocol/serve.ts";
import { awsProvider } from "./provider.ts";

await servePlugin(awsProvider());
