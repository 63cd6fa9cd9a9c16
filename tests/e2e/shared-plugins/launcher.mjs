// What the engine starts in the place of a stand-in plugin: asks the host for one, says its port as the plugin would, and
// lives as long as the plugin is wanted. Plain JavaScript without imports of packages, because it is started for every provider.
//
//   node launcher.mjs SOCKET NAME EXECUTABLE
import { connect } from "node:net";

const [socketPath, plugin, executable] = process.argv.slice(2);
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith("AWS_")));
const engine = process.ppid;

const host = connect(socketPath);
host.write(`${JSON.stringify({ plugin, environment })}\n`);
host.on("data", (answer) => {
  const port = answer.toString().trim();
  // The host works in one environment: a command with another gets a plugin of its own.
  if (port === "") process.execve(executable, [executable]);
  process.stdout.write(`${port}\n`);
});
host.on("close", () => process.exit(1));

setInterval(() => {
  if (process.ppid !== engine) process.exit(0);
}, 200);
