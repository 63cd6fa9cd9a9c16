// `npm pack` and `npm publish` in the checkout would take the TypeScript sources, which Node does not run below node_modules.
process.stderr.write(
  "These are the sources. What can be installed is made by: npm run package (it calls npm pack itself).\n",
);
process.exitCode = 1;
