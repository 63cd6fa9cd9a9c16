import { dirname, join } from "node:path";

/** The root of the checkout. */
export const checkout = dirname(import.meta.dirname);

/** Where everything goes that is made on this machine; git ignores it. */
export const localFolder = join(checkout, ".local");

export const logFolder = join(localFolder, "logs");
