/**
 * The fastest server there is to replay against: answers every chunk that comes with the same 200, unread. What the load
 * generator manages against it is the least that it can do.
 */
import { createServer } from "node:net";

const answer = Buffer.from(
  `HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 400\r\n\r\n${"x".repeat(400)}`,
);

const server = createServer({ noDelay: true }, (socket) => {
  socket.on("data", () => socket.write(answer));
  socket.on("error", () => socket.destroy());
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.({ port: typeof address === "object" ? address?.port : undefined });
});
process.on("disconnect", () => process.exit());
