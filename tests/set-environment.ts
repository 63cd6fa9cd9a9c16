/**
 * Sets environment variables of this process, those whose name matches.
 *
 * @returns a function that puts back what was there
 */
export function setEnvironment(values: NodeJS.ProcessEnv, matching = /./): () => void {
  const names = Object.keys(values).filter((name) => matching.test(name));
  const before = names.map((name) => [name, process.env[name]] as const);
  for (const name of names) setOrRemove(name, values[name]);
  return () => {
    for (const [name, value] of before) setOrRemove(name, value);
  };
}

function setOrRemove(name: string, value: string | undefined): void {
  if (value === undefined) Reflect.deleteProperty(process.env, name);
  else process.env[name] = value;
}
