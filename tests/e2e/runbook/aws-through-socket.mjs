import { connect } from "node:net";
import { text } from "node:stream/consumers";

/** As `aws`: has a command run by whoever listens on the socket (aws-server.ts), in this process's environment. */
const [socketPath, ...words] = process.argv.slice(2);
const connection = connect(socketPath);
connection.end(JSON.stringify({ words, environment: process.env }));
const { status, stdout, stderr } = JSON.parse(await text(connection));
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = status;
