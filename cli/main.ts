/** The command, for whoever starts it as a file: `node cli/main.ts`. The installed `break-glass` starts main.mjs at once. */
import "./main.mjs";
