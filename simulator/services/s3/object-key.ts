import { AwsFault } from "../../aws-fault.ts";

/** @throws AwsFault KeyTooLongError */
export function checkKey(key: string): void {
  const bytes = Buffer.byteLength(key);
  if (bytes <= 1024) return;
  throw new AwsFault("KeyTooLongError", "Your key is too long", {
    members: { Size: String(bytes), MaxSizeAllowed: "1024" },
  });
}
