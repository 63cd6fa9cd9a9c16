import { isAbsolute, relative, sep } from "node:path";

/** A path as it is typed here: relative where it lies below the working directory. */
export function shownPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  const below = fromHere !== "" && fromHere.split(sep)[0] !== ".." && !isAbsolute(fromHere);
  return below ? fromHere : path;
}
