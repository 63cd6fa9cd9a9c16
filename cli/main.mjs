#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import { join } from "node:path";

// Compiled once, loaded from then on: a third of the time. It holds only for what is imported after this line. It lies in
// the checkout because whoever can write compiled code can run it as whoever starts the command. And this file is
// plain JavaScript, because with nothing left to strip Node does not load what strips types: another third.
enableCompileCache(join(import.meta.dirname, "..", ".local", "compile-cache"));

const { run } = await import("./run.ts");
const { checkoutVerbs } = await import("./verbs/of-a-checkout.ts");
await run(checkoutVerbs);
