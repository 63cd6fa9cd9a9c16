import { connect, type Socket } from "node:net";

export interface Answer {
  readonly status: number;
  /** Head and body as they came. */
  readonly text: string;
}

/** One HTTP/1.1 connection on which the same request is sent time and again; opened anew when the server has closed it. */
export class Connection {
  readonly #port: number;
  readonly #request: Uint8Array;
  #socket: Socket | undefined;
  #received: Buffer = empty;
  #settle: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined;

  constructor(port: number, request: Uint8Array) {
    this.#port = port;
    this.#request = request;
  }

  /** @throws Error when the connection fails or ends before the answer does */
  exchange(): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#socket ??= this.#open();
      this.#socket.write(this.#request);
    });
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  #open(): Socket {
    const socket = connect({ port: this.#port, host: "127.0.0.1", noDelay: true });
    socket.on("data", (chunk) => {
      this.#receive(chunk);
    });
    const lose = (error: Error) => {
      if (this.#socket === socket) this.#settle?.reject(error);
    };
    socket.on("error", lose);
    socket.on("close", () => {
      lose(new Error("The connection ended before the answer did."));
    });
    return socket;
  }

  #receive(chunk: Buffer): void {
    const received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    const end = endOfAnswer(received);
    this.#received = end === undefined ? received : empty;
    if (end === undefined) return;
    const { head } = end;
    // A server that speaks HTTP/1.0, or says so, closes after each answer.
    if (head.startsWith("HTTP/1.0") || /\r\nconnection: close/i.test(head)) {
      this.close();
    }
    const { resolve } = this.#settle ?? {};
    this.#settle = undefined;
    resolve?.({ status: Number(head.slice(9, 12)), text: received.toString() });
  }
}

const empty = Buffer.alloc(0);

/** @returns `undefined` while there is more to come */
function endOfAnswer(received: Buffer): { readonly head: string } | undefined {
  const endOfHead = received.indexOf("\r\n\r\n");
  if (endOfHead < 0) return undefined;
  const head = received.toString("latin1", 0, endOfHead);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length === undefined) throw new Error(`An answer without Content-Length:\n${head}`);
  return received.length < endOfHead + 4 + Number(length) ? undefined : { head };
}
