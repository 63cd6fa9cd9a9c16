import { servePlugin } from "../protocol/serve.ts";
import { nativeProvider } from "./provider.ts";

await servePlugin(nativeProvider());
