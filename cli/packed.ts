#!/usr/bin/env node
/** The command as other machines install it (`npm run package`): without the verbs that need a checkout. */
import { run } from "./run.ts";

await run();
