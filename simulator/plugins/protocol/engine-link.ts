const checkEveryMilliseconds = 200;

/**
 * Ends this process once the engine that started it is gone. The engine normally kills its plugins itself; this is for
 * an engine that was killed, whose plugins would otherwise stay behind with credentials in memory.
 */
export function exitWithEngine(): void {
  const engine = process.ppid;
  setInterval(() => {
    if (process.ppid !== engine) process.exit(0);
  }, checkEveryMilliseconds).unref();
}
