/** `npm run package [FOLDER]`: makes the tarball of the library and the command, and says where it is. */
import { mkdir } from "node:fs/promises";
import { relative } from "node:path";
import { localFolder } from "../places.ts";
import { pack } from "./pack.ts";

const [destination = localFolder] = process.argv.slice(2);

await mkdir(destination, { recursive: true });
process.stdout.write(`${relative(process.cwd(), await pack(destination))}\n`);
