import { connect } from "node:net";
import { type Answer, patienceMilliseconds } from "./answer.ts";

/** One message: what is written, and whether it is a whole request, to which an answer is due. */
export interface Message {
  readonly bytes: Uint8Array;
  readonly whole: boolean;
}

/** How long a sender of half a request waits for more, before it hangs up. */
const pauseMilliseconds = 20;

/**
 * Writes bytes to a loopback port and reads until the other side closes. A sender whose message is no whole request
 * hangs up when nothing more comes, as there is nothing to wait for.
 */
export function exchange(port: number, { bytes, whole }: Message): Promise<Answer> {
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    const begun = performance.now();
    const socket = connect({ port, host: "127.0.0.1" }, () => socket.write(bytes));
    const giveUp = setTimeout(() => socket.destroy(), patienceMilliseconds);
    if (!whole) socket.setTimeout(pauseMilliseconds, () => socket.end());
    socket.on("data", (chunk) => chunks.push(chunk));
    // A reset is one way to be refused; "close" follows.
    socket.on("error", () => undefined);
    socket.on("close", () => {
      clearTimeout(giveUp);
      const body = Buffer.concat(chunks).toString();
      const status = /^HTTP\/1\.1 (?!100)(\d{3})/m.exec(body)?.[1];
      const milliseconds = performance.now() - begun;
      resolve({ ...(status === undefined ? {} : { status: Number(status) }), body, milliseconds });
    });
  });
}
